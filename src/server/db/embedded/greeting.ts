import type { Socket } from 'node:net';
import { ProtocolViolation } from './protocol.ts';
import { startupOf } from './startup.ts';

export interface Greeted {
	minor: number;
	parameters: Map<string, string>;
	/** What the client has sent after its first packet. */
	rest: Buffer;
}

/** Reads the beginning of a connection. Gives null until the client has said who it is; a CancelRequest ends it. */
export function greeterOf(socket: Socket, onCancel: () => void) {
	let pending: Buffer = Buffer.alloc(0);
	const asked = new Set<string>();
	return function greet(bytes: Buffer): Greeted | null {
		pending = Buffer.concat([pending, bytes]);
		for (;;) {
			const startup = startupOf(pending);
			if (startup.kind === 'start') return { ...startup, rest: pending.subarray(startup.size) };
			// There is nothing to cancel with: the backend hears nothing while it runs.
			if (startup.kind === 'cancel') onCancel();
			if (startup.kind !== 'encryption') return null;
			if (asked.has(startup.by)) throw new ProtocolViolation('encryption was declined already');
			asked.add(startup.by);
			socket.write('N');
			pending = pending.subarray(8);
		}
	};
}
