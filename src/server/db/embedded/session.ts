import type { Backend } from './backend.ts';
import { type Listener, listenTo, type Notifications, unlistenTo } from './listeners.ts';
import { closeStatement, messagesOf, query, statusAtEnd, sync, typeOf, type Unit } from './protocol.ts';
import { answerTo, nameStatements, type Prepared, prepare } from './rewriting.ts';

/** A client that says so at its start, or for a transaction with SET LOCAL, does long work and is exempt from the limits. */
const maintenance = 'maintenance';

export interface SessionOptions<L extends Listener> {
	/** The number of the client. */
	id: number;
	applicationName: string;
	backend: Backend;
	notifications: Notifications<L>;
	/** Who hears the notifications that the client listens to. */
	listener: L;
}

/**
 * What one client has in the backend. PostgreSQL keeps it with the connection and drops it with the connection; here all
 * clients share one session, so it is kept apart and dropped by hand.
 */
export function openSession<L extends Listener>({
	id,
	applicationName,
	backend,
	notifications,
	listener
}: SessionOptions<L>) {
	const statements = nameStatements(id);
	const alwaysMaintains = applicationName === maintenance;
	let unnamed: Buffer | null = null;
	let holds = false;
	/** Its last exchange, which goes on, has failed. */
	let failed = false;
	let maintains = alwaysMaintains;

	async function run(unit: Prepared) {
		await restoreUnnamed(unit);
		const { bytes, tooLarge } = await backend.execute(unit.bytes, { maintains });
		const status = unit.end === 'H' || tooLarge ? 'T' : (statusAtEnd(bytes) ?? (await statusAfterSync(bytes)));
		failed = unit.end === 'H' && holdsError(bytes);
		holds = status !== 'I';
		// Its client is sent away, and what is cut off anywhere cannot be read.
		if (tooLarge) return { bytes: [], tooLarge };
		// A LISTEN is the whole session's, so one client's UNLISTEN must not deafen the others.
		if (unit.listens.length > 0)
			for (const channel of notifications.note(listener, unit.listens)) await backend.execute(query(listenTo(channel)));
		await noteMaintenance(unit);
		return { bytes: answerTo(unit, notifications.deliver(bytes)), tooLarge };
	}

	/**
	 * After an error in a Parse or Bind the backend ignores all but a Sync, so who sends a Query next gets no answer, as from
	 * any PostgreSQL. Here it would keep the backend, so the Sync is sent for it. A backend that is silent without an error has
	 * ended: it does so when it is made to start a program, or runs out of stack, and what it answers later is not to be trusted.
	 */
	async function statusAfterSync(answer: Buffer[]) {
		if (failed || holdsError(answer)) answer.push(...(await backend.execute(sync)).bytes);
		const status = statusAtEnd(answer);
		if (!status) throw new Error('the backend gave no answer');
		return status;
	}

	/** Others may have replaced the one unnamed statement since this client parsed its own, so it is parsed again. */
	async function restoreUnnamed(unit: Prepared) {
		if (unit.needsUnnamed && unnamed && !holds) await backend.execute(Buffer.concat([unnamed, sync]));
		if (unit.unnamed || unit.end === 'Q') unnamed = unit.unnamed;
	}

	/** The backend is asked, because only it knows what a SET LOCAL came to. */
	async function noteMaintenance(unit: Prepared) {
		if (!holds) maintains = alwaysMaintains;
		else if (unit.namesApplication) {
			const { bytes } = await backend.execute(query('show application_name'));
			maintains = Buffer.concat(bytes).includes(maintenance);
		}
	}

	async function end() {
		if (holds) await backend.execute(Buffer.concat([sync, query('ROLLBACK')]));
		holds = false;
		for (const channel of notifications.forget(listener).unheard) await backend.execute(query(unlistenTo(channel)));
		const names = statements.names();
		if (names.length > 0) await backend.execute(Buffer.concat([...names.map(closeStatement), sync]));
	}

	return {
		prepare: (unit: Unit) => prepare(unit, statements.rename),
		run,
		/** Rolls back what is open and drops what the client left. */
		end,
		/** Whether it has an open transaction, or an exchange that goes on. */
		holds: () => holds,
		maintains: () => maintains
	};
}

export type Session = ReturnType<typeof openSession>;

const holdsError = (answer: readonly Buffer[]) =>
	[...messagesOf(Buffer.concat(answer))].some((one) => typeOf(one) === 'E');
