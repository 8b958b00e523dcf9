import fc from 'fast-check';
import { sql } from 'kysely';
import { expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { conditionOf } from './conditions.ts';
import { printQuery } from './print.ts';
import { isOf, type PaperOfTest, PAPERS, recordOf } from './evaluate.ts';
import { trees } from './make.ts';
import { parseQuery } from './parse.ts';
import type { Tree } from './tree.ts';

async function makePapers(db: Db) {
	for (const paper of PAPERS) await makePaper(db, recordOf(paper));
}

async function found(db: Db, tree: Tree) {
	const { rows } = await sql<{ key: string }>`
		select key from paper_words join paper on paper.id = paper_id where ${conditionOf(tree)}
		order by key`.execute(db);
	return rows.map(({ key }) => key);
}

const evaluated = (tree: Tree) => PAPERS.filter((paper) => isOf(paper, tree)).map(({ key }) => key);

test('the database finds what reading every paper finds, and its opposite the others', async ({ db }) => {
	await makePapers(db);
	await fc.assert(
		fc.asyncProperty(trees, async (tree) => {
			expect(await found(db, tree), printQuery(tree)).toEqual(evaluated(tree));
			const opposite: Tree = { kind: 'not', part: tree };
			expect(await found(db, opposite), printQuery(opposite)).toEqual(evaluated(opposite));
		}),
		{ numRuns: 400 }
	);
}, 60_000);

const keys = (wanted: (paper: PaperOfTest) => boolean) => PAPERS.filter(wanted).map(({ key }) => key);

test('examples find what they say', async ({ db }) => {
	await makePapers(db);
	const ask = (q: string) => found(db, parseQuery(q).tree!);
	expect(await ask('MaskNet')).toEqual(['2401.00003', '2401.00006', '2401.00007']);
	expect(await ask('end-to-end')).toEqual(['2401.00005']);
	expect(await ask('pre training')).toEqual(['2401.00002', '2401.00004']);
	expect(await ask('"mask patch"')).toEqual(['2401.00001', '2401.00008']);
	expect(await ask('author:x')).toEqual(keys(({ authors }) => authors.some((name) => /\bx/i.test(name))));
	expect(await ask('org:KAUST')).toEqual(await ask('org:"king abdullah university"'));
	expect(await ask('org:nobody')).toEqual([]);
	expect(await ask('-org:nobody')).toHaveLength(PAPERS.length);
	expect(await ask('org:"%"')).toEqual([]);
	expect(await ask('-id:2401.99999')).toHaveLength(PAPERS.length);
	expect(await ask('cat:cs.*')).toEqual(keys(({ categories }) => categories.some((name) => name.startsWith('cs.'))));
});

test('whatever is typed is a condition that the database takes', async ({ db }) => {
	await fc.assert(
		fc.asyncProperty(
			fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...`'"\\:&|!*()<->%_a1 `) })),
			async (q) => {
				const { tree } = parseQuery(q);
				if (tree) await found(db, tree);
			}
		),
		{ numRuns: 300 }
	);
});

test('words, fields, years and exclusions are one look into the index', async ({ db }) => {
	await sql`set local enable_seqscan = off`.execute(db);
	const tree = parseQuery(
		'masked k-means (title:image OR au:xie) -abs:token year:2001..2024 version:>1 has:code'
	).tree!;
	const { rows } = await sql<{ 'QUERY PLAN': string }>`
		explain select paper_id from paper_words where ${conditionOf(tree)}`.execute(db);
	const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
	expect(plan.match(/paper_words_lexemes/g)).toHaveLength(1);
	expect(plan).not.toContain('Filter');
});
