import { error, message, ProtocolViolation } from './protocol.ts';

/**
 * The first packet of a connection, which has no type. PGlite never sees one: a second startup packet would end the
 * session that all clients share.
 * https://www.postgresql.org/docs/18/protocol-flow.html#PROTOCOL-FLOW-START-UP
 */
export type Startup =
	| { kind: 'incomplete' }
	| { kind: 'encryption'; by: 'ssl' | 'gss' }
	| { kind: 'cancel' }
	| { kind: 'start'; minor: number; parameters: Map<string, string>; size: number };

/** PostgreSQL's own MAX_STARTUP_PACKET_LENGTH. */
const longest = 10_000;
const sslRequest = 80877103;
const gssRequest = 80877104;
const cancelRequest = 80877102;

export function startupOf(bytes: Buffer): Startup {
	if (bytes.length < 8) return { kind: 'incomplete' };
	const size = bytes.readUInt32BE(0);
	if (size < 8 || size > longest) throw new ProtocolViolation('invalid length of startup packet');
	if (bytes.length < size) return { kind: 'incomplete' };
	const code = bytes.readUInt32BE(4);
	if (code === sslRequest) return { kind: 'encryption', by: 'ssl' };
	if (code === gssRequest) return { kind: 'encryption', by: 'gss' };
	if (code === cancelRequest) return { kind: 'cancel' };
	if (code >> 16 !== 3) throw new ProtocolViolation(`unsupported frontend protocol ${code >> 16}.${code & 0xffff}`);
	return { kind: 'start', minor: code & 0xffff, parameters: parametersIn(bytes.subarray(8, size)), size };
}

function parametersIn(bytes: Buffer) {
	const texts = bytes.toString('utf8').split('\0');
	const parameters = new Map<string, string>();
	for (let at = 0; at + 1 < texts.length && texts[at]; at += 2) parameters.set(texts[at]!, texts[at + 1]!);
	return parameters;
}

/** Welcomes a client: no password on a socket that only its owner can reach. */
export function welcome({ id, minor, parameters, serverVersion }: { id: number; serverVersion: string } & Accepted) {
	return Buffer.concat([
		message('R', 0),
		...(minor > 0 ? [negotiation(parameters)] : []),
		...reported(serverVersion, parameters).map(([name, value]) => message('S', name, value)),
		message('K', id, 0),
		message('Z', Buffer.from('I'))
	]);
}

interface Accepted {
	minor: number;
	parameters: Map<string, string>;
}

/** NegotiateProtocolVersion: we speak 3.0 and know none of the options that newer versions brought. */
function negotiation(parameters: Map<string, string>) {
	const unknown = [...parameters.keys()].filter((name) => name.startsWith('_pq_.'));
	return message('v', 196608, unknown.length, ...unknown);
}

function reported(serverVersion: string, parameters: Map<string, string>): [string, string][] {
	return [
		['server_version', serverVersion],
		['server_encoding', 'UTF8'],
		['client_encoding', 'UTF8'],
		['application_name', parameters.get('application_name') ?? ''],
		['DateStyle', 'ISO, MDY'],
		['IntervalStyle', 'postgres'],
		['TimeZone', 'UTC'],
		['integer_datetimes', 'on'],
		['standard_conforming_strings', 'on'],
		['is_superuser', 'on'],
		['session_authorization', 'postgres']
	];
}

export const tooManyClients = error('53300', 'sorry, too many clients already', 'FATAL');
