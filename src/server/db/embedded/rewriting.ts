import { type Listening, listeningIn } from './listeners.ts';
import { message, messagesOf, sqlIn, statementIn, sync, typeOf, type Unit, withStatementRenamed } from './protocol.ts';

/** A unit of a client as the backend gets it, and what has to be known about it. */
export interface Prepared {
	bytes: Buffer;
	end: Unit['end'];
	/** It may have begun a COPY FROM STDIN, which was refused. */
	mayCopy: boolean;
	/** What it asks to hear. */
	listens: Listening[];
	/** It may have changed application_name. */
	namesApplication: boolean;
	/** It uses the unnamed statement that an earlier unit of the client parsed. */
	needsUnnamed: boolean;
	/** It parses an unnamed statement that a later unit may use. */
	unnamed: Buffer | null;
}

/**
 * COPY FROM STDIN would make the backend read more input than it has, which ends it. Only the backend
 * knows whether a text is such a COPY, so a CopyFail goes along with every text that says STDIN: it refuses the COPY, and
 * elsewhere PostgreSQL ignores it ("in case we got here after an error", postgres.c).
 */
const refusal = message('f', 'the embedded database cannot; insert rows from JSON instead');

export function prepare({ messages, end }: Unit, rename: (name: string, type: string) => string): Prepared {
	const sql = messages.map(sqlIn);
	const mayCopy = sql.some((text) => /stdin/i.test(text));
	const renamed = messages.map((one) => withStatementRenamed(one, rename));
	const unnamed = messages.filter((one) => statementIn(one) === '');
	return {
		bytes: Buffer.concat(mayCopy ? withRefusal(renamed, end) : renamed),
		end,
		mayCopy,
		listens: sql.flatMap(listeningIn),
		namesApplication: end === 'Q' && sql.some((text) => text.includes('application_name')),
		needsUnnamed: unnamed.length > 0 && typeOf(unnamed[0]!) !== 'P',
		unnamed: unnamed.findLast((one) => typeOf(one) === 'P') ?? null
	};
}

function withRefusal(messages: Buffer[], end: Unit['end']) {
	return end === 'S' ? [...messages.slice(0, -1), refusal, sync] : [...messages, refusal];
}

/** The answer for the client: without the invitation to send rows that were refused already. */
export function answerTo({ mayCopy }: Prepared, answer: Buffer[]) {
	if (!mayCopy) return answer;
	return [...messagesOf(Buffer.concat(answer))].filter((one) => typeOf(one) !== 'G');
}

/**
 * The prepared statements of one client. Two clients may use the same name for different statements, so the backend knows
 * them by a number of ours, short enough for PostgreSQL's 63 bytes whatever the client calls them.
 */
export function nameStatements(client: number) {
	const names = new Map<string, string>();
	let made = 0;
	function rename(name: string, type: string) {
		const known = names.get(name) ?? `client ${client} statement ${(made += 1)}`;
		if (type === 'C') names.delete(name);
		else names.set(name, known);
		return known;
	}
	return { rename, names: () => [...names.values()] };
}
