// @module-tag embedded
import { describe, expect, test } from 'vitest';
import * as protocol from './protocol.ts';
import { message, query, statusAtEnd, sync, unitCutter } from './protocol.ts';
import { nameStatements, prepare } from './rewriting.ts';

const parse = (name: string, sql = 'select 1') => message('P', name, sql, Buffer.from([0, 0]));
const bind = (name: string) => message('B', '', name, Buffer.from([0, 0, 0, 0, 0, 0]));
const describe_ = (name: string) => message('D', Buffer.from('S'), name);
const execute = message('E', '', 0);
const flush = message('H');
const terminate = message('X');

/** Units as text: the types of their messages. */
const shapes = (units: (protocol.Unit | null)[]) =>
	units.map((unit) => unit && unit.messages.map(protocol.typeOf).join(''));

const exchanges: [name: string, sent: Buffer[], units: (string | null)[]][] = [
	['a simple query', [query('select 1')], ['Q']],
	['two simple queries', [query('select 1'), query('select 2')], ['Q', 'Q']],
	['an extended query', [parse(''), bind(''), execute, sync], ['PBES']],
	[
		'a described statement, then its execution',
		[parse(''), describe_(''), flush, bind(''), execute, sync],
		['PDH', 'BES']
	],
	['a pipeline', [parse(''), bind(''), execute, sync, parse(''), bind(''), execute, sync], ['PBES', 'PBES']],
	['a function call', [message('F', 1)], ['F']],
	['an unfinished unit', [parse(''), bind('')], []],
	['late answers to a refused COPY', [message('d', 'x'), message('c'), message('f', 'no'), query('')], ['Q']],
	['a good-bye after a query', [query('select 1'), terminate], ['Q', null]],
	['nothing after a good-bye', [terminate, query('select 1')], [null]]
];

describe('the stream of a client is cut into units', () => {
	for (const [name, sent, units] of exchanges) {
		test(`${name}, at once`, () => {
			expect(shapes(unitCutter(1000)(Buffer.concat(sent)))).toEqual(units);
		});
		test(`${name}, byte by byte`, () => {
			const cut = unitCutter(1000);
			const got: (protocol.Unit | null)[] = [];
			for (const byte of Buffer.concat(sent)) {
				got.push(...cut(Buffer.from([byte])));
				if (got.at(-1) === null) break;
			}
			expect(shapes(got)).toEqual(units);
		});
	}
});

const violations: [name: string, bytes: Buffer][] = [
	['a type that does not exist', Buffer.from('GET / HTTP/1.1\r\n\r\n')],
	['a length of two gigabytes', Buffer.from([0x51, 0x7f, 0xff, 0xff, 0xff])],
	['a length of four gigabytes', Buffer.from([0x51, 0xff, 0xff, 0xff, 0xff])],
	['a length shorter than itself', Buffer.from([0x51, 0, 0, 0, 3])],
	['a message beyond the limit', query('x'.repeat(1000))],
	['parts without an end beyond the limit', Buffer.concat(Array.from({ length: 100 }, () => parse('a')))]
];

test.for(violations)('%s is a violation', ([, bytes]) => {
	expect(() => unitCutter(1000)(bytes)).toThrow(protocol.ProtocolViolation);
});

describe('statements are renamed', () => {
	const rename = () => 'ours';
	const unitOf = (...messages: Buffer[]) => ({ messages, end: 'S' as const });
	const cases: [name: string, from: Buffer, to: Buffer][] = [
		['Parse', parse('theirs'), parse('ours')],
		['Bind', bind('theirs'), bind('ours')],
		['Describe', describe_('theirs'), describe_('ours')],
		['Close', protocol.closeStatement('theirs'), protocol.closeStatement('ours')],
		['not the unnamed statement', parse(''), parse('')],
		['not a portal', message('D', Buffer.from('P'), 'theirs'), message('D', Buffer.from('P'), 'theirs')],
		['not in a query', query('execute theirs'), query('execute theirs')]
	];
	test.for(cases)('%s', ([, from, to]) => expect(prepare(unitOf(from), rename).bytes).toEqual(to));

	test('the same name of two clients is two names, however long', () => {
		const [one, two] = [nameStatements(1), nameStatements(2)];
		const name = 'n'.repeat(500);
		expect(one.rename(name, 'P')).toBe(one.rename(name, 'B'));
		expect(one.rename(name, 'B')).not.toBe(two.rename(name, 'P'));
		expect(two.rename(name, 'C').length).toBeLessThan(64);
		expect([one.names().length, two.names().length]).toEqual([1, 0]);
	});

	test('a text without its end is a violation', () => {
		expect(() => prepare(unitOf(message('P', Buffer.from('no end'))), rename)).toThrow(protocol.ProtocolViolation);
	});
});

const refusal = 'f';
const copies: [name: string, unit: protocol.Unit, types: string][] = [
	['a query that says stdin', { messages: [query('COPY t FROM STDIN')], end: 'Q' }, `Q${refusal}`],
	[
		'an extended one, before its Sync',
		{ messages: [parse('', 'copy t from StdIn'), execute, sync], end: 'S' },
		`PE${refusal}S`
	],
	['no other query', { messages: [query('copy t to stdout')], end: 'Q' }, 'Q']
];

test.for(copies)('a CopyFail goes along with %s', ([, unit, types]) => {
	const sent = [...protocol.messagesOf(prepare(unit, (name) => name).bytes)];
	expect(sent.map(protocol.typeOf).join('')).toBe(types);
});

const ready = (status: string) => message('Z', Buffer.from(status));
const answers: [name: string, answer: Buffer[], status: string | null][] = [
	['idle', [message('C', 'SELECT 1'), ready('I')], 'I'],
	['in a transaction', [ready('T')], 'T'],
	['in a failed one', [Buffer.concat([message('C', 'x'), ready('E')])], 'E'],
	['cut into single bytes', [...ready('I')].map((byte) => Buffer.from([byte])), 'I'],
	['without its end', [message('C', 'SELECT 1')], null],
	['empty', [], null]
];

test.for(answers)('an answer %s', ([, answer, status]) => expect(statusAtEnd(answer)).toBe(status));
