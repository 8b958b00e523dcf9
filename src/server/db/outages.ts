import { Refused } from '../refused.ts';

/** Errors of the network and of Node's sockets that mean: there is nobody, or nobody any more. */
const lostCodes = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'ENOENT',
	'EPIPE',
	'ETIMEDOUT',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH'
]);
/** Classes 08 and 57P: connection exceptions, and a server that is shutting down or starting. */
const lostStates = /^(08...|57P0[123])$/;

/** Whether the connection was lost, or never made, so that the statement may be asked again of another one. */
export function isOutage(fault: unknown): fault is Error {
	if (!(fault instanceof Error)) return false;
	const { code } = fault as NodeJS.ErrnoException;
	if (code !== undefined) return lostCodes.has(code) || lostStates.test(code);
	// `pg` gives these two no code.
	return /^(Connection terminated|Client has encountered a connection error|timeout exceeded)/.test(fault.message);
}

/** 53100: the disk is full. 25006: read only, which the embedded database is while its disk is full (read-only.ts). */
const fullStates = new Set(['53100', '25006']);

/** The refusal of a write for want of room, or null where it is another fault. */
export function fullRefusalOf(fault: unknown) {
	if (!fullStates.has((fault as { code?: string }).code ?? '')) return null;
	return unavailable('The disk of the database is full. Nothing was lost, and writing works again once there is room.');
}

/**
 * What a person can do about a server that cannot be used, or null where it is another fault. `setting` is where its address was
 * given. The password is not shown.
 */
export function refusalOf(fault: unknown, { databaseUrl, setting }: { databaseUrl: string; setting: string }) {
	const { code } = fault as { code?: string };
	const server = serverOf(databaseUrl);
	if (isOutage(fault)) return unavailable(`No PostgreSQL server answers at ${server}; start it or correct ${setting}.`);
	if (code === '28P01' || code === '28000')
		return unavailable(`The PostgreSQL server at ${server} does not accept the user and password of ${setting}.`);
	if (code === '3D000') return unavailable(`The database of ${setting} does not exist at ${server}; create it.`);
	return null;
}

/** Host, port and database of an address, without its user and password. */
function serverOf(databaseUrl: string) {
	const { host, pathname, searchParams } = new URL(databaseUrl);
	return `${searchParams.get('host') ?? host}${pathname}`;
}

export const unavailable = (message: string) => new Refused('unavailable', message);
