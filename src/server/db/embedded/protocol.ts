/**
 * The messages of PostgreSQL's protocol 3.0, as pure functions over bytes.
 * https://www.postgresql.org/docs/18/protocol-message-formats.html
 */

/** What a client sent is not the protocol, or more than we take. Its connection is closed. */
export class ProtocolViolation extends Error {}

/** Messages that belong together: the last one asks for an answer. */
export interface Unit {
	messages: Buffer[];
	/** Q Query · F FunctionCall · S Sync: the answer ends in ReadyForQuery. H Flush: it does not, and the exchange goes on. */
	end: 'Q' | 'F' | 'S' | 'H';
}

/** What the backend says of its transaction: I idle, T in one, E in a failed one. */
export type TransactionStatus = 'I' | 'T' | 'E';

/** Parse, Bind, Describe, Execute and Close are collected until one of these. */
const ends = 'QFSH';
const parts = 'PBDEC';
/** CopyData, CopyDone and CopyFail: COPY FROM STDIN is never begun, so they are late answers to a refusal. */
const copying = 'dcf';

export const message = (type: string, ...fields: (Buffer | string | number)[]) => {
	const body = Buffer.concat(fields.map(field));
	const head = Buffer.alloc(5);
	head.write(type, 'latin1');
	head.writeInt32BE(body.length + 4, 1);
	return Buffer.concat([head, body]);
};

/** Fields as they stand in messages: text ends in a zero byte, numbers are 32 bits. */
function field(value: Buffer | string | number) {
	if (typeof value === 'string') return Buffer.from(`${value}\0`);
	if (typeof value === 'object') return value;
	const bytes = Buffer.alloc(4);
	bytes.writeInt32BE(value);
	return bytes;
}

export const sync = message('S');
export const flush = message('H');
export const query = (sql: string) => message('Q', sql);
export const closeStatement = (name: string) => message('C', Buffer.from('S'), name);
export const typeOf = (bytes: Buffer) => String.fromCharCode(bytes[0]!);

/**
 * Cuts a stream of bytes into units. Returns a function that takes the next bytes and gives the units that they complete;
 * it throws a ProtocolViolation at an unknown message, a length that cannot be, or a unit of more than `limit` bytes.
 * 'X' (Terminate) gives null as the last unit.
 */
export function unitCutter(limit: number) {
	const cutMessages = messageCutter(limit);
	let messages: Buffer[] = [];
	let size = 0;
	return function cut(bytes: Buffer): (Unit | null)[] {
		const units: (Unit | null)[] = [];
		for (const one of cutMessages(bytes)) {
			const type = typeOf(one);
			if (type === 'X') return [...units, null];
			if (copying.includes(type)) continue;
			messages.push(one);
			size += one.length;
			if (size > limit) throw new ProtocolViolation(`more than ${limit} bytes in one exchange`);
			if (!ends.includes(type)) continue;
			units.push({ messages, end: type as Unit['end'] });
			messages = [];
			size = 0;
		}
		return units;
	};
}

/** Keeps what came in pieces in a list, so that a long message is put together once and not at every piece. */
function messageCutter(limit: number) {
	let pieces: Buffer[] = [];
	let size = 0;
	let wanted = 5;
	return function* cut(bytes: Buffer) {
		pieces.push(bytes);
		size += bytes.length;
		if (size < wanted) return;
		const joined = pieces.length === 1 ? bytes : Buffer.concat(pieces);
		let at = 0;
		wanted = 5;
		while (joined.length - at >= 5) {
			const length = lengthOf(joined, at, limit);
			if (joined.length - at < length) {
				wanted = length;
				break;
			}
			yield joined.subarray(at, at + length);
			at += length;
		}
		pieces = at < joined.length ? [joined.subarray(at)] : [];
		size = joined.length - at;
	};
}

function lengthOf(bytes: Buffer, at: number, limit: number) {
	const type = String.fromCharCode(bytes[at]!);
	if (!`${ends}${parts}${copying}X`.includes(type)) throw new ProtocolViolation(`unknown message type ${bytes[at]}`);
	const length = bytes.readUInt32BE(at + 1) + 1;
	if (length < 5 || length > limit) throw new ProtocolViolation(`a message of ${length} bytes`);
	return length;
}

/** Where the name of a prepared statement stands in a message, or null where it names none. */
function statementName(bytes: Buffer) {
	const type = typeOf(bytes);
	if (type === 'P') return textAt(bytes, 5);
	if (type === 'B') return textAt(bytes, textAt(bytes, 5).end);
	if ((type === 'D' || type === 'C') && bytes[5] === 0x53) return textAt(bytes, 6);
	return null;
}

function textAt(bytes: Buffer, start: number) {
	const zero = bytes.indexOf(0, start);
	if (zero < 0) throw new ProtocolViolation('a text without its end');
	return { start, end: zero + 1, text: bytes.toString('utf8', start, zero) };
}

/** The prepared statement that a message is about: '' is the unnamed one; undefined: none. */
export const statementIn = (bytes: Buffer) => statementName(bytes)?.text;

/** The message with its named prepared statement called what `rename` says; the unnamed statement keeps its (empty) name. */
export function withStatementRenamed(bytes: Buffer, rename: (name: string, type: string) => string) {
	const name = statementName(bytes);
	if (!name?.text) return bytes;
	const renamed = rename(name.text, typeOf(bytes));
	return message(typeOf(bytes), bytes.subarray(5, name.start), renamed, bytes.subarray(name.end));
}

/** The SQL in a Query or Parse message, as latin1: enough to look for ASCII words. */
export function sqlIn(bytes: Buffer) {
	const type = typeOf(bytes);
	if (type !== 'Q' && type !== 'P') return '';
	const start = type === 'Q' ? 5 : textAt(bytes, 5).end;
	return bytes.toString('latin1', start, textAt(bytes, start).end - 1);
}

/** The messages of an answer, in order. An answer of the backend is always whole. */
export function* messagesOf(answer: Buffer) {
	for (let at = 0; at < answer.length;) {
		const end = at + 1 + answer.readUInt32BE(at + 1);
		yield answer.subarray(at, end);
		at = end;
	}
}

/** What the ReadyForQuery at the end of an answer says. Ask it of answers that end in one: Query, FunctionCall and Sync. */
export function statusAtEnd(answer: readonly Buffer[]): TransactionStatus | null {
	const last = answer.at(-1);
	const end = last && last.length < 6 ? Buffer.concat(answer.slice(-6)).subarray(-6) : last?.subarray(-6);
	return end?.length === 6 && end[0] === 0x5a && end.readUInt32BE(1) === 5
		? (String.fromCharCode(end[5]!) as TransactionStatus)
		: null;
}

/** The fields of an ErrorResponse or NoticeResponse, by their letters: C the SQLSTATE, M the message. */
export function fieldsIn(bytes: Buffer) {
	const texts = bytes.toString('utf8', 5).split('\0');
	return new Map(texts.filter(Boolean).map((text) => [text[0]!, text.slice(1)]));
}

/** The channel of a NotificationResponse. */
export const channelOf = (notification: Buffer) => textAt(notification, 9).text;

export const error = (code: string, text: string, severity: 'ERROR' | 'FATAL' = 'ERROR') =>
	message('E', `S${severity}`, `V${severity}`, `C${code}`, `M${text}`, Buffer.from([0]));
