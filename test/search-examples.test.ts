import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { conditionOf } from '#server/search/query/conditions.ts';
import { parseQuery } from '#server/search/query/parse.ts';
import { printQuery } from '#server/search/query/print.ts';

const text = readFileSync(join(import.meta.dirname, '../docs/search.md'), 'utf8');
const examples = [...text.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, ask]) => ask!);
const odd = text.indexOf('## What is not understood');
const isOdd = (ask: string) => text.lastIndexOf(`| \`${ask}\` |`) > odd;

/** How an example is read, where that is not as it stands; with the kind of its note, where it has one. */
const READ: Record<string, string> = {
	'the state of the art': 'state art',
	'“hard patches” mining': '"hard patches" mining',
	'mask NOT token': 'mask -token',
	'masked AND autoencoder': 'masked autoencoder',
	'title:(masked image)': 'title:masked title:image',
	'category:cs.*': 'category:cs',
	'category:(cs.CV OR cs.LG)': 'category:cs.CV OR category:cs.LG',
	'version:>1': 'version:2..',
	'year:>2020': 'year:2021..',
	'date:2024-01..2024-06': 'date:2024-01-01..2024-06-30',
	'2401.12345': 'id:2401.12345',
	'arXiv:2401.12345v2': 'id:2401.12345',
	'https://arxiv.org/abs/2401.12345': 'id:2401.12345',
	'hep-th/9901001': 'id:hep-th/9901001',
	'2401.12345 2402.00001': 'id:2401.12345 OR id:2402.00001',
	'ti:"hard patches" AND au:xie ANDNOT cat:cs.CL': 'title:"hard patches" author:xie -category:cs.CL',
	'au:del_maestro': 'author:"del maestro"',
	'au:bengio_y': 'author:bengio author:y',
	'all:electron': 'electron',
	'cat:cs.*': 'category:cs',
	'submittedDate:[202301010600 TO 202401010600]': 'date:2023-01-01..2024-01-01',
	'organization:kaust': 'org:kaust',
	'license:cc-by': 'licence:cc-by',
	'foo:bar': 'foo bar, read-as-words',
	'year:abc': 'year abc, read-as-words',
	'mask AND': 'mask, read-as-words',
	'"hard patches': 'hard patches, unbalanced',
	'mask) patch': 'mask patch, unbalanced',
	'the of': ', stop-words',
	'-mask': '-mask, only-exclusions'
};

test('every example of docs/search.md is read as it says, with a note where it is odd', () => {
	expect(examples.length).toBeGreaterThan(50);
	for (const ask of examples) {
		const { tree, notes } = parseQuery(ask);
		const read = [printQuery(tree), ...notes.map(({ kind }) => kind)].join(', ');
		expect(read, ask).toBe(READ[ask] ?? ask);
		expect(notes.length > 0, ask).toBe(isOdd(ask));
	}
	expect(Object.keys(READ).filter((ask) => !examples.includes(ask))).toEqual([]);
});

test('every example of docs/search.md can be asked of the database', async ({ db }) => {
	for (const ask of examples) {
		const { tree } = parseQuery(ask);
		if (tree) await sql`select from paper_words where ${conditionOf(tree)}`.execute(db);
	}
});
