import { describe, expect, test } from 'vitest';
import { fullRefusalOf, isOutage, refusalOf } from './outages.ts';
import { isRead, opensTransaction } from './reconnecting.ts';

const fault = (message: string, code?: string) => Object.assign(new Error(message), { code });

const faults: [fault: unknown, outage: boolean][] = [
	[fault('connect ENOENT', 'ENOENT'), true],
	[fault('connect ECONNREFUSED', 'ECONNREFUSED'), true],
	[fault('terminating connection due to administrator command', '57P01'), true],
	[fault('the database system is starting up', '57P03'), true],
	[fault('Connection terminated unexpectedly'), true],
	[fault('Client has encountered a connection error and is not queryable'), true],
	[fault('duplicate key', '23505'), false],
	[fault('statement timeout', '57014'), false],
	[fault('idle in transaction', '25P03'), false],
	[new TypeError('x is not a function'), false],
	['text', false]
];

test.for(faults)('%s: an outage? %s', ([thrown, outage]) => expect(isOutage(thrown)).toBe(outage));

const texts: [sql: string, read: boolean][] = [
	['select * from paper', true],
	['  SELECT 1', true],
	['with a as (select 1) select * from a', true],
	['with a as (delete from paper returning *) select * from a', false],
	['insert into paper select 1', false],
	['select * from paper for update', false],
	['update paper set title = $1', false],
	['savepoint a', false]
];

test.for(texts)('%s: a read? %s', ([sql, read]) => expect(isRead(sql)).toBe(read));

const openings: [sql: string, opens: boolean][] = [
	['begin', true],
	['start transaction isolation level repeatable read', true],
	['BEGIN; select 1; COMMIT', false],
	['savepoint a', false]
];

test.for(openings)('%s: opens a transaction? %s', ([sql, opens]) => expect(opensTransaction(sql)).toBe(opens));

describe('a server that cannot be used', () => {
	const url = 'postgres://ada:secret@db.example.org:5433/papers';
	const cases: [code: string, said: string][] = [
		['ECONNREFUSED', 'No PostgreSQL server answers at db.example.org:5433/papers; start it or correct DATABASE_URL.'],
		[
			'28P01',
			'The PostgreSQL server at db.example.org:5433/papers does not accept the user and password of DATABASE_URL.'
		],
		['3D000', 'The database of DATABASE_URL does not exist at db.example.org:5433/papers; create it.']
	];
	test.for(cases)('%s', ([code, said]) =>
		expect(refusalOf(fault('secret', code), { databaseUrl: url, setting: 'DATABASE_URL' })?.message).toBe(said)
	);

	test('other faults stay what they are', () =>
		expect(refusalOf(fault('no', '42601'), { databaseUrl: url, setting: 'DATABASE_URL' })).toBeNull());
});

test.for([
	['53100', true],
	['25006', true],
	['23505', false]
] as const)('%s: a write refused for want of room? %s', ([code, full]) =>
	expect(fullRefusalOf(fault('could not extend file', code))?.reason).toBe(full ? 'unavailable' : undefined)
);
