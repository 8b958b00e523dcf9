import { channelOf, messagesOf, typeOf } from './protocol.ts';

/** A LISTEN or UNLISTEN that stands as a statement of its own; channels are folded to lower case unless quoted. */
const statement = /(?:^|;)\s*(un)?listen\s+(?:"((?:[^"]|"")+)"|([\w$\x80-\xff]+)|(\*))\s*(?=;|$)/gi;

export type Listening = { channel: string; on: boolean } | 'none';

/** What a text of SQL asks to hear, in order. A LISTEN that is rolled back counts too: hearing too much does no harm. */
export function listeningIn(sql: string): Listening[] {
	if (!/listen/i.test(sql)) return [];
	return [...sql.matchAll(statement)].map(([, off, quoted, plain, all]) => {
		if (all) return 'none';
		const channel = quoted?.replaceAll('""', '"') ?? plain!.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
		return { channel: Buffer.from(channel, 'latin1').toString(), on: !off };
	});
}

/**
 * Parts the notifications in an answer from the rest. All clients share one session, so each notification comes in the
 * answer to whoever happened to be running.
 */
export function partNotifications(answer: Buffer) {
	const notifications: { channel: string; bytes: Buffer }[] = [];
	const rest: Buffer[] = [];
	for (const one of messagesOf(answer)) {
		if (typeOf(one) === 'A') notifications.push({ channel: channelOf(one), bytes: one });
		else rest.push(one);
	}
	return { notifications, rest: notifications.length ? [Buffer.concat(rest)] : [answer] };
}

export interface Listener {
	send: (bytes: Buffer) => void;
}

/** Who hears which channel. */
export function routeNotifications<L extends Listener>() {
	const channels = new Map<string, Set<L>>();
	let everUsed = false;

	/** Notes what a client asked to hear; gives the channels that it left while others still listen to them. */
	function note(listener: L, asked: readonly Listening[]) {
		const stillWanted = asked.flatMap((one) => {
			if (one === 'none') return forget(listener).stillWanted;
			if (!one.on) return drop(listener, one.channel) ? [] : [one.channel];
			everUsed = true;
			channels.set(one.channel, (channels.get(one.channel) ?? new Set()).add(listener));
			return [];
		});
		return stillWanted.filter((channel) => channels.has(channel));
	}

	/** Returns whether nobody hears the channel any more. */
	function drop(listener: L, channel: string) {
		const hearers = channels.get(channel);
		hearers?.delete(listener);
		if (hearers?.size === 0) channels.delete(channel);
		return !channels.has(channel);
	}

	function forget(listener: L) {
		const heard = [...channels].filter(([, hearers]) => hearers.has(listener)).map(([channel]) => channel);
		const unheard = heard.filter((channel) => drop(listener, channel));
		return { unheard, stillWanted: [...channels.keys()] };
	}

	/** Sends the notifications in an answer to those who hear them and gives the rest. Answers are read only once somebody has listened. */
	function deliver(answer: Buffer[]) {
		if (!everUsed) return answer;
		const { notifications, rest } = partNotifications(Buffer.concat(answer));
		for (const { channel, bytes } of notifications) {
			// After this answer: a notification may come between any two messages, but not inside the answer's own bytes.
			setImmediate(() => channels.get(channel)?.forEach((listener) => listener.send(bytes)));
		}
		return rest;
	}

	return { note, forget, deliver };
}

export type Notifications<L extends Listener> = ReturnType<typeof routeNotifications<L>>;

export const listenTo = (channel: string) => `LISTEN ${quoted(channel)}`;
export const unlistenTo = (channel: string) => `UNLISTEN ${quoted(channel)}`;
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;
