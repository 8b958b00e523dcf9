import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { migrate } from '#server/db/migrate.ts';
import { makePaper } from '#server/papers/make.ts';
import { type Header, partOf, type PartHeader, readPart, rowsPart, type Trailer } from './contents.ts';
import { createParts, openParts } from './parts.ts';
import { checkBackup, restoreBackup } from './restore-backup.ts';
import { checksumOf } from './table-rows.ts';
import { kinds, useDatabases } from './test-databases.ts';
import { writeBackup } from './write-backup.ts';

const { empty } = useDatabases();
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-crafted-'));
afterAll(() => rmSync(folder, { recursive: true }));
const good = join(folder, 'good.backup');
const parts: { header: PartHeader; lines: string[] }[] = [];
let made = 0;

beforeAll(async () => {
	const { db } = await empty('embedded');
	await migrate(db);
	await sql`insert into organisation (handle, name) values ('cern', 'CERN')`.execute(db);
	for (const title of ['One', 'Two', 'Three']) await makePaper(db, { title });
	const transaction = db.transaction().setIsolationLevel('repeatable read');
	await transaction.execute((tx) => writeBackup(tx, { path: good, now: new Date('2026-11-24T03:30:00Z') }));
	const opened = await openParts(good);
	for (let bytes = await opened.next(); bytes; bytes = await opened.next()) {
		const { header, lines } = readPart(bytes)!;
		parts.push({ header, lines: lines.toString().split('\n') });
	}
	await opened.close();
}, 60_000);

interface Changed {
	header?: (header: Header) => Record<string, unknown>;
	/** Of the table `paper`. */
	papers?: (lines: string[]) => string[];
	jobs?: unknown[];
	trailer?: (trailer: Trailer) => Record<string, unknown>;
}

/** The good backup, changed by somebody who knows how one is written: every digest and count in it is right. */
async function crafted({
	header = (as) => ({ ...as }),
	papers = (as) => as,
	jobs,
	trailer = (as) => ({ ...as })
}: Changed) {
	const path = join(folder, `${(made += 1)}.backup`);
	const file = await createParts(path);
	const begins = header(parts[0]!.header as Header) as unknown as Header;
	const sums = new Map(begins.tables.map(({ name }) => [name, checksumOf()]));
	await file.write(partOf(begins));
	for (const { header: said, lines } of parts) {
		if (said.part !== 'rows') continue;
		const wanted = said.table === 'paper' ? papers(lines) : lines;
		const chunk = { rows: wanted.length, lines: Buffer.from(wanted.join('\n')) };
		sums.get(said.table)!.add(chunk);
		await file.write(rowsPart('rows', said.table, chunk));
	}
	if (jobs) {
		const lines = jobs.map((job) => (typeof job === 'string' ? job : JSON.stringify(job)));
		await file.write(rowsPart('jobs', '', { rows: lines.length, lines: Buffer.from(lines.join('\n')) }));
	}
	const tables = Object.fromEntries([...sums].map(([name, sum]) => [name, sum.value()]));
	await file.write(partOf(trailer({ part: 'end', tables, jobs: jobs?.length ?? 0 }) as unknown as Trailer));
	await file.end();
	await file.close();
	return path;
}

const first = (change: (row: Record<string, unknown>) => unknown) => (lines: string[]) => [
	JSON.stringify(change(JSON.parse(lines[0]!) as Record<string, unknown>)),
	...lines.slice(1)
];
const job = (fields: Record<string, unknown>) => ({
	id: '6f1c2b5e-3d1a-4c57-9a53-2f6f2c1f0a11',
	name: 'ofLater',
	data: '{"paper": 7}',
	priority: 0,
	startAfter: '2026-11-24T03:30:00.25+00:00',
	singletonKey: null,
	...fields
});
const named = (name: string, columns = ['id']) => ({
	header: (as: Header) => ({ ...as, tables: [...as.tables, { name, columns }] })
});
const counter = (one: unknown) => ({ header: (as: Header) => ({ ...as, sequences: [one] }) });
const said = (fields: Record<string, unknown>) => ({ header: (as: Header) => ({ ...as, ...fields }) });
const deep = `{"x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;

test('what the changes below begin with is good', async () => {
	const path = await crafted({
		jobs: [job({}), job({ name: 'renderPapersAgain', data: null, startAfter: '2026-11-24T03:30:00Z' })]
	});
	expect(await checkBackup({ path })).toMatchObject({ jobs: 2, rows: 4 });
});

const wrong: [string, Changed][] = [
	['a time that is none', said({ madeAt: 'never' })],
	['a time with a sign for the terminal', said({ madeAt: '\u001b[31m2026' })],
	['no version', said({ version: '' })],
	['a version with a sign for the terminal', said({ version: '\u001b]0;owned\u0007\u001b[2J9.0.0' })],
	['a snapshot that is none', said({ snapshot: 'abc' })],
	['no migrations', said({ migrations: [] })],
	['migrations in another order', { header: (as) => ({ ...as, migrations: as.migrations.toReversed() }) }],
	['migrations without the first', { header: (as) => ({ ...as, migrations: as.migrations.slice(1) }) }],
	['a migration twice', { header: (as) => ({ ...as, migrations: [as.migrations[0], ...as.migrations] }) }],
	[
		'a migration of another form',
		{ header: (as) => ({ ...as, migrations: [...as.migrations, { name: '9999_\u001b[2Jx.sql', checksum: 'x' }] }) }
	],
	['a table with a sign for the terminal', named('p\u001b[2J')],
	['a table that is no identifier', named('paper"; drop table paper; --')],
	['a table of a name that objects have', named('__proto__', [])],
	['a column that is no identifier', named('other', ['x") select 1; --'])],
	['a table twice', named('paper')],
	['a column twice', named('other', ['id', 'id'])],
	['a counter that is nothing', counter(null)],
	['a counter without a name', counter({ last: '1' })],
	['a counter that is no identifier', counter({ name: 'nosuch"; drop table paper', last: '1' })],
	['a counter of a number', counter({ name: 'paper_id_seq', last: 7 })],
	['a counter of a text', counter({ name: 'paper_id_seq', last: '1e3' })],
	['a counter above all that can be read', counter({ name: 'paper_id_seq', last: '9223372036854775807' })],
	['two rows in a line', { papers: (lines) => [`${lines[0]},${lines[0]}`, ...lines.slice(1)] }],
	['a line that is a list', { papers: (lines) => ['[1]', ...lines.slice(1)] }],
	['a line that is no JSON', { papers: (lines) => ['{', ...lines.slice(1)] }],
	['a row with another column', { papers: first((row) => ({ ...row, owner: 'me' })) }],
	['a row without a column', { papers: first((row) => ({ ...row, title: undefined })) }],
	['a value that is no text', { papers: first((row) => ({ ...row, title: { a: 1 } })) }],
	['a job that is nothing', { jobs: ['null'] }],
	['a job that is no JSON', { jobs: ['{'] }],
	['a job of no name', { jobs: [job({ name: '' })] }],
	['a job of a name that the queue refuses', { jobs: [job({ name: "x'; drop table paper; --" })] }],
	['a job of the queue itself', { jobs: [job({ name: '__pgboss__send-it' })] }],
	['a job of a name that objects have', { jobs: [job({ name: '__proto__' })] }],
	['a job of no id', { jobs: [job({ id: '7' })] }],
	['a job of a priority that is a text', { jobs: [job({ priority: '1); drop table paper; --' })] }],
	['a job that starts never', { jobs: [job({ startAfter: "now'); drop table paper; --" })] }],
	['a job that starts on no day', { jobs: [job({ startAfter: '2026-13-45T03:30:00Z' })] }],
	['a job whose data is no JSON', { jobs: [job({ data: '{' })] }],
	['a job whose data is no object', { jobs: [job({ data: '7' })] }],
	['a job whose data is too deep', { jobs: [job({ data: deep })] }],
	['a job whose data is too large', { jobs: [job({ data: JSON.stringify({ a: 'x'.repeat(2 ** 20) }) })] }],
	['a job whose key is a number', { jobs: [job({ singletonKey: 7 })] }],
	[
		'a checksum of a table that it has not',
		{ trailer: (as) => ({ ...as, tables: { ...as.tables, other: { rows: 0, sha256: '' } } }) }
	]
];

test.each(wrong)('promise 8: a backup with %s is refused before anything is written', async (_what, change) => {
	await expect(crafted(change).then((path) => checkBackup({ path }))).rejects.toMatchObject({
		name: 'Refused',
		reason: 'invalid'
	});
});

describe.each(kinds())('into %s', (kind) => {
	test.each<[string, Changed, string]>([
		['a table that the migrations do not make', named('votes'), 'votes (id) is no table of its version'],
		[
			'a column that is none',
			{
				header: (as) => ({
					...as,
					tables: as.tables.map((one) =>
						one.name === 'edition_paper' ? { ...one, columns: [...one.columns, 'moon'] } : one
					)
				})
			},
			'moon'
		],
		['a counter that no table has', counter({ name: 'nosuch_seq', last: '1' }), 'nosuch_seq'],
		['a paper twice', { papers: (lines) => [...lines, lines[0]!] }, 'paper_pkey'],
		['a date that is none', { papers: first((row) => ({ ...row, published: 'never' })) }, 'never']
	])(
		'promise 8: after a backup with %s was refused, a good one is restored',
		async (_what, change, why) => {
			const target = await empty(kind);
			const path = await crafted(change);
			const verified = await checkBackup({ path });
			const refused = await restoreBackup(target, { path, verified }).then(
				() => new Error('restored'),
				(fault: Error) => fault
			);
			expect(refused).toMatchObject({ name: 'Refused', reason: 'invalid' });
			expect(refused.message).toContain(why);
			expect(await migrate(target.db)).toEqual([]);
			const { rows } = await sql<{ rows: number }>`
			select ((select count(*) from paper) + (select count(*) from organisation))::int as rows`.execute(target.db);
			expect(rows).toEqual([{ rows: 0 }]);
			await restoreBackup(target, { path: good, verified: await checkBackup({ path: good }) });
			expect(await target.db.selectFrom('paper').select('id').execute()).toHaveLength(3);
		},
		60_000
	);
});
