import { gzipSync, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { type Import, importFiles } from './import-files.ts';
import { rejectedReasons, rejectedRecords } from './rejected-records.ts';
import type { Source } from './source.ts';

const now = () => new Date('2026-03-05T12:00:00Z');
const paper = (number: number, fields: object = {}) => ({
	id: `2603.${10_000 + number}`,
	title: `Title ${number}`,
	abstract: 'We prove it.',
	authors: ['A. One', 'B. Two'],
	announced: '2026-03-03',
	source: 'listing',
	...fields
});
const feature = (number: number, fields: object = {}) => ({
	date: '2026-03-05',
	id: paper(number).id,
	position: 1,
	upvotes: 3,
	...fields
});
const jsonLines = (records: readonly unknown[]) =>
	Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(''));

/** A file in memory: JSON Lines of these records, or these bytes. */
function file(contents: readonly unknown[] | Buffer, name = '/papers.jsonl'): Source {
	const bytes = Buffer.isBuffer(contents) ? contents : jsonLines(contents);
	async function* open(signal?: AbortSignal) {
		for (let at = 0; at < bytes.length; at += 1_000) {
			signal?.throwIfAborted();
			yield bytes.subarray(at, at + 1_000);
		}
	}
	return { name, size: bytes.length, open };
}

const take = (db: Db, sources: Source[], options: Partial<Import> = {}) =>
	importFiles(db, { sources, now, ...options });

/** Line and reason of what was set aside. */
const reasons = async (db: Db) =>
	(await Array.fromAsync(rejectedReasons(db))).map(({ line, reason }) => [line, reason]);

test('papers, featured papers and editions are taken from one file, in any order', async ({ db }) => {
	const records = [feature(1), { edition: '2026-03-05', note: 'A sample.' }, paper(1), paper(2)];
	expect(await take(db, [file(records)])).toMatchObject({
		files: 1,
		paper: { new: 2, set_aside: 0 },
		feature: { new: 1, set_aside: 0 },
		edition: { changed: 1 },
		finished: true
	});
	expect(
		await db.selectFrom('edition').select(['day', 'featured', 'announced', 'note']).orderBy('day').execute()
	).toEqual([
		{ day: '2026-03-03', featured: 0, announced: 2, note: null },
		{ day: '2026-03-05', featured: 1, announced: 0, note: 'A sample.' }
	]);
});

test('a second run changes nothing', async ({ db }) => {
	const sources = [file([...Array(50).keys()].map((number) => paper(number))), file([feature(1)], '/daily.jsonl')];
	await take(db, sources);
	const before = await everything(db);
	expect(await take(db, sources)).toMatchObject({
		paper: { new: 0, changed: 0, unchanged: 50 },
		feature: { unchanged: 1 }
	});
	expect(await everything(db)).toEqual(before);
});

test.for([
	['gzip', gzipSync],
	['zstd', zstdCompressSync]
] as const)('a file packed by %s is taken, whatever it is called', async ([, pack], { db }) => {
	expect(await take(db, [file(pack(jsonLines([paper(1), paper(2)])))])).toMatchObject({ paper: { new: 2 } });
});

test('of a .gz that ends too early what could be read is taken, and the last line says so', async ({ db }) => {
	const packed = gzipSync(
		jsonLines([...Array(500).keys()].map((number) => paper(number, { comment: `${Math.sin(number)}` })))
	);
	const summary = await take(db, [file(packed.subarray(0, packed.length - 500))]);
	expect(summary.paper.new).toBeGreaterThan(400);
	expect(summary.unreadable).toBe(1);
	expect(await reasons(db)).toEqual([
		[summary.paper.new + 1, 'the gzip data are damaged: unexpected end of file; everything before this line was read']
	]);
});

test.for<[string, Buffer, RegExp]>([
	['a broken line', Buffer.from('{"id": "2603.1'), /^is not JSON: Unterminated string/],
	['a number', Buffer.from('17'), /^is not a JSON object$/],
	[
		'an object of another kind',
		Buffer.from('{"id":"2603.00001"}'),
		/^is neither a paper .* nor a featured paper .* nor an edition$/
	],
	[
		'bytes that are no UTF-8',
		Buffer.from(JSON.stringify(paper(2, { title: 'Bal\u00e1zs' })), 'latin1'),
		/^is not valid UTF-8$/
	],
	['a wrong type', Buffer.from(JSON.stringify(paper(2, { title: 5 }))), /^title is not a text but 5$/],
	[
		'an impossible date',
		Buffer.from(JSON.stringify(paper(2, { published: '2026-02-30' }))),
		/^published is not a date: "2026-02-30"$/
	],
	['a NUL', Buffer.from(JSON.stringify(paper(2, { title: 'a\u0000' }))), /^title has a control character \(U\+0000\)$/],
	['a title without words', Buffer.from(JSON.stringify(paper(2, { title: '{}' }))), /^title has no words$/],
	[
		'an abstract of 10 MB',
		Buffer.from(JSON.stringify(paper(2, { abstract: 'x'.repeat(10_000_000) }))),
		/^the line has 10,000,1\d\d bytes/
	],
	[
		'the same paper again, otherwise',
		Buffer.from(JSON.stringify(paper(1, { title: 'Other' }))),
		/^is also on line 1, with other content; that one was taken$/
	],
	['a featured paper that is not here', Buffer.from(JSON.stringify(feature(9))), /^its paper 2603.10009 is not here/]
])('%s is set aside with its line, and the rest goes on', async ([, bad, reason], { db }) => {
	const bytes = Buffer.concat([
		jsonLines([paper(1)]),
		Buffer.from('\n'),
		bad,
		Buffer.from('\n'),
		jsonLines([paper(3), paper(4)])
	]);
	expect(await take(db, [file(bytes)])).toMatchObject({ paper: { new: 3 }, finished: true });
	expect(await reasons(db)).toEqual([[3, expect.stringMatching(reason)]]);
});

test('what is set aside is kept to its first 4,000 characters, and a new run of the file replaces it', async ({
	db
}) => {
	const bad = { id: 'none', title: 'x'.repeat(1_000), abstract: 'y'.repeat(9_000) };
	await take(db, [file([bad, paper(1)]), file(['other'], '/other.jsonl')]);
	expect((await Array.fromAsync(rejectedRecords(db))).map(({ file, record }) => [file, record.length])).toEqual([
		['/other.jsonl', 7],
		['/papers.jsonl', 4_000]
	]);
	await take(db, [file([paper(2), paper(1)])]);
	expect((await Array.fromAsync(rejectedReasons(db))).map(({ file }) => file)).toEqual(['/other.jsonl']);
});

test('what was set aside is listed in order, however much it is', async ({ db }) => {
	const files = ['/a.jsonl', '/b.jsonl'];
	for (const name of files) await take(db, [file(Array(1_200).fill('no record'), name)]);
	const listed = (await Array.fromAsync(rejectedReasons(db))).map(({ file, line }) => [file, line]);
	expect(listed).toEqual(files.flatMap((name) => Array.from({ length: 1_200 }, (_, index) => [name, index + 1])));
});

test('a line that says the same again is unchanged', async ({ db }) => {
	expect(await take(db, [file([paper(1), paper(1)])])).toMatchObject({ paper: { new: 1, unchanged: 1, set_aside: 0 } });
});

test('a featured paper may come before its paper, in an earlier file', async ({ db }) => {
	const sources = [file([feature(1)], '/daily.jsonl'), file([paper(1)])];
	expect(await take(db, sources)).toMatchObject({ feature: { new: 1, set_aside: 0 } });
});

test('an import says how far it is', async ({ db }) => {
	const source = file([...Array(40).keys()].map((number) => paper(number)));
	const progress: unknown[] = [];
	await take(db, [source], { onProgress: (far) => progress.push(far) });
	expect(progress.at(-1)).toMatchObject({ bytesRead: source.size, bytesInAll: source.size });
});

/** Every row that an import makes, but for the numbers that the database gives. */
async function everything(db: Db) {
	const { rows } = await sql<{ all: unknown }>`select json_build_array(
		(select json_agg(to_jsonb(paper) - 'id' order by key) from paper),
		(select json_agg(json_build_array(key, position, name) order by key, position) from paper_author join paper on paper.id = paper_id),
		(select json_agg(json_build_array(key, paper_version.version, paper_version.title) order by key, paper_version.version)
			from paper_version join paper on paper.id = paper_id),
		(select json_agg(json_build_array(edition_paper.day, key, votes_at_source) order by edition_paper.day, key)
			from edition_paper join paper on paper.id = paper_id),
		(select json_agg(edition order by day) from edition)
	) as all`.execute(db);
	return rows[0]!.all;
}

test('an import that is cut off and run again, in any order of lines, ends in the same rows', async ({ db }) => {
	const records = [
		...[...Array(30).keys()].map((number) => paper(number, { versions: (number % 3) + 1, title: `On $x_${number}$` })),
		...[...Array(10).keys()].map((number) => feature(number * 3, { position: number + 1 }))
	];
	const outcome = (sources: Source[], cutOffAt: number) =>
		undone(db, async (tx) => {
			const cut = new AbortController();
			const onProgress = ({ bytesRead }: { bytesRead: number }) => bytesRead > cutOffAt && cut.abort();
			await take(tx, sources, { signal: cut.signal, onProgress });
			expect(await take(tx, sources)).toMatchObject({
				finished: true,
				paper: { set_aside: 0 },
				feature: { set_aside: 0 }
			});
			return everything(tx);
		});
	const expected = await outcome([file(records)], Infinity);
	const orders = fc.shuffledSubarray(records, { minLength: records.length });
	await fc.assert(
		fc.asyncProperty(orders, fc.integer({ min: 0, max: 9_000 }), async (shuffled, cutOffAt) => {
			expect(await outcome([file(shuffled)], cutOffAt)).toEqual(expected);
		}),
		{ numRuns: 20 }
	);
});

async function undone<T>(db: Db, work: (tx: Db) => Promise<T>) {
	await sql`savepoint before_work`.execute(db);
	const result = await work(db);
	await sql`rollback to savepoint before_work`.execute(db);
	return result;
}

test('a line with a NUL, and one whose quoted part is cut in a pair, are set aside and the rest goes on', async ({
	committed: db
}) => {
	const good = (id: string) => JSON.stringify({ id, title: 'Good', abstract: 'It is good.' });
	const lines = [
		good('2601.00001'),
		'broken \0 line',
		JSON.stringify({ id: `${'x'.repeat(76)}😀😀`, title: 'a', abstract: 'b' }),
		good('2601.00002')
	];
	const source = {
		name: 'nul.jsonl',
		size: null,
		open: async function* () {
			yield Buffer.from(lines.join('\n'));
		}
	};
	const summary = await importFiles(db, { sources: [source], now: () => new Date() });
	expect([summary.paper.new, summary.unreadable + summary.paper.set_aside]).toEqual([2, 2]);
});
