import type { Backend } from './backend.ts';
import { fieldsIn, messagesOf, query, typeOf } from './protocol.ts';

/** A statement of the house itself failed. */
export class StatementFailed extends Error {
	/** The SQLSTATE. */
	readonly code: string;

	constructor(message: string, code: string) {
		super(message);
		this.code = code;
	}
}

/** The backend has died, or nobody knows its state: no answer of it counts any more, and the process ends. */
export class BackendDied extends Error {}

/** Asks on behalf of the house, in a turn that the caller has: gives the first column of the answer. */
export async function ask(backend: Backend, sql: string) {
	const { bytes } = await backend.execute(query(sql), { maintains: true }).catch((fault: unknown) => {
		throw new BackendDied('the backend died', { cause: fault });
	});
	const messages = [...messagesOf(Buffer.concat(bytes))];
	const failure = messages.find((one) => typeOf(one) === 'E');
	if (failure) {
		const fields = fieldsIn(failure);
		throw new StatementFailed(fields.get('M') ?? '', fields.get('C') ?? '');
	}
	return messages.filter((one) => typeOf(one) === 'D').map((row) => row.toString('utf8', 11));
}

/**
 * Makes a checkpoint. After one that failed, the next statement does not end, so the failure is none that anybody could go
 * on from: it ends the process, and the next start replays the log.
 */
export async function checkpoint(backend: Backend) {
	await ask(backend, 'CHECKPOINT').catch((fault: unknown) => {
		throw new BackendDied('a checkpoint failed', { cause: fault });
	});
}
