import type { Socket } from 'node:net';
import type { Backend } from './backend.ts';
import { greeterOf } from './greeting.ts';
import type { Notifications } from './listeners.ts';
import { outboxOf } from './outbox.ts';
import { error, ProtocolViolation, unitCutter } from './protocol.ts';
import type { Prepared } from './rewriting.ts';
import { openSession, type Session } from './session.ts';
import { welcome } from './startup.ts';
import type { Holder, Turns } from './turns.ts';

/** The longest exchange that is taken from a client. PostgreSQL takes 1 GB; a batch of an import has a few MB. */
const longestUnit = 64 * 2 ** 20;
/** Units of one client that may wait. Beyond it nothing more is read from the client. */
const longestQueue = 64;
/** Milliseconds for a client to say who it is, and to read its last message. */
const patience = { start: 10_000, end: 2_000 };

export interface House {
	backend: Backend;
	turns: Turns;
	notifications: Notifications<Client>;
	serverVersion: string;
	onLeft: (client: Client) => void;
	/** A client does not read as fast as it asks. */
	onUnread: () => void;
	onDead: (fault: unknown) => void;
}

export interface Client {
	send: (bytes: Buffer) => void;
	/** Bytes that it was sent and has not read. */
	unread: () => number;
	/** Ends the connection with a fatal error, rolling back what is open. */
	dismiss: (code: string, text: string) => void;
}

/** Serves one connection: reads its units, takes turns for them, and cleans up behind it. */
export function serveClient(socket: Socket, id: number, house: House): Client {
	const { backend, turns, notifications } = house;
	const cut = unitCutter(longestUnit);
	const greet = greeterOf(socket, leave);
	const units: Prepared[] = [];
	let session: Session | null = null;
	let phase: 'here' | 'finishing' | 'left' | 'gone' = 'here';

	const outbox = outboxOf(socket, {
		onRoom: () => turns.ask(holder),
		onFull: house.onUnread,
		onGivenUp: () => dismiss('08006', 'the answer was not read')
	});
	const client: Client = { send: outbox.send, unread: outbox.unread, dismiss };
	const holder: Holder = {
		maintains: () => session?.maintains() ?? false,
		hasWork: () => phase === 'left' || (!outbox.isFull() && (units.length > 0 || phase === 'finishing')),
		takeTurn: () => (units.length > 0 ? answer(units.shift()!) : cleanUp()),
		overstayed: (limit) =>
			limit === 'idle'
				? dismiss('25P03', 'terminating connection due to idle-in-transaction timeout')
				: dismiss('25P04', 'terminating connection due to transaction timeout')
	};

	const startTimer = setTimeout(leave, patience.start);
	socket.on('data', read);
	socket.on('error', leave);
	// After a good-bye, what was sent before it is still done.
	socket.on('close', () => phase === 'here' && leave());
	return client;

	function read(bytes: Buffer) {
		try {
			hear(session ? bytes : begin(bytes));
		} catch (fault) {
			if (!(fault instanceof ProtocolViolation)) throw fault;
			dismiss('08P01', fault.message);
		}
	}

	/** Opens the session when the client has said who it is, and gives what it said beyond that. */
	function begin(bytes: Buffer) {
		const greeted = greet(bytes);
		if (!greeted) return Buffer.alloc(0);
		clearTimeout(startTimer);
		const applicationName = greeted.parameters.get('application_name') ?? '';
		session = openSession({ id, applicationName, backend, notifications, listener: client });
		outbox.send(welcome({ id, serverVersion: house.serverVersion, ...greeted }));
		return greeted.rest;
	}

	function hear(bytes: Buffer) {
		for (const unit of cut(bytes)) {
			if (unit) units.push(session!.prepare(unit));
			else phase = 'finishing';
		}
		if (units.length > longestQueue) socket.pause();
		if (holder.hasWork()) turns.ask(holder);
	}

	async function answer(unit: Prepared) {
		if (socket.isPaused() && units.length <= longestQueue / 2) socket.resume();
		const { bytes, tooLarge } = await whileAlive(session!.run(unit));
		if (tooLarge) dismiss('54000', 'the answer is too large');
		outbox.send(...bytes);
		return session!.holds();
	}

	async function cleanUp() {
		if (session) await whileAlive(session.end());
		leave();
		phase = 'gone';
		house.onLeft(client);
		return false;
	}

	/** A backend that is dead answers nothing more, so whoever waits for it goes on waiting until the process ends. */
	function whileAlive<T>(work: Promise<T>) {
		return work.catch((fault: unknown) => {
			house.onDead(fault);
			return new Promise<never>(() => {});
		});
	}

	function dismiss(code: string, text: string) {
		if (phase === 'left' || phase === 'gone') return;
		if (socket.writable) socket.end(error(code, text, 'FATAL'));
		leave();
	}

	/** Takes leave of the client; its next turn cleans up behind it. */
	function leave() {
		if (phase === 'left' || phase === 'gone') return;
		phase = 'left';
		clearTimeout(startTimer);
		units.length = 0;
		socket.removeListener('data', read);
		socket.resume();
		if (socket.writable) socket.end();
		setTimeout(() => socket.destroy(), patience.end).unref();
		turns.ask(holder);
	}
}
