// @module-tag embedded
import { expect, test } from 'vitest';
import { ProtocolViolation } from './protocol.ts';
import { startupOf } from './startup.ts';

const packet = (code: number, body = '', length = 8 + body.length) => {
	const head = Buffer.alloc(8);
	head.writeUInt32BE(length, 0);
	head.writeUInt32BE(code, 4);
	return Buffer.concat([head, Buffer.from(body)]);
};
const v3 = 3 << 16;

const packets: [name: string, bytes: Buffer, kind: string][] = [
	['nothing yet', Buffer.alloc(0), 'incomplete'],
	['half of a length', Buffer.from([0, 0]), 'incomplete'],
	['a start without its end', packet(v3, 'user\0a\0\0', 100), 'incomplete'],
	['a start', packet(v3, 'user\0a\0\0'), 'start'],
	['a start of protocol 3.2', packet(v3 + 2, 'user\0a\0\0'), 'start'],
	['SSLRequest', packet(80877103), 'encryption'],
	['GSSENCRequest', packet(80877104), 'encryption'],
	['CancelRequest', packet(80877102, '12345678'), 'cancel']
];

test.for(packets)('%s', ([, bytes, kind]) => expect(startupOf(bytes).kind).toBe(kind));

const violations: [name: string, bytes: Buffer][] = [
	['HTTP', Buffer.from('GET / HTTP/1.1\r\n')],
	['a length of four gigabytes', packet(v3, '', 0xffffffff)],
	['a length shorter than itself', packet(v3, '', 4)],
	['protocol 2', packet(2 << 16)],
	['protocol 4', packet(4 << 16)]
];

test.for(violations)('%s is a violation', ([, bytes]) => expect(() => startupOf(bytes)).toThrow(ProtocolViolation));

test('parameters are read in pairs', () => {
	const startup = startupOf(packet(v3, 'user\0ada\0application_name\0maintenance\0\0'));
	expect(startup).toMatchObject({
		parameters: new Map([
			['user', 'ada'],
			['application_name', 'maintenance']
		])
	});
});
