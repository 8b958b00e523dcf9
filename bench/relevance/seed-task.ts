import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Db } from '#server/db/database.ts';
import { paperRecordOf } from '#server/papers/paper-record.ts';
import type { JsonObject } from '#server/papers/record-fields.ts';
import { root } from '../served.ts';
import { firstFound } from './asking.ts';
import { openFts5 } from './fts5.ts';
import { mean } from './ndcg.ts';
import { papersIn } from './papers-in.ts';
import { linesIn } from './test-set.ts';

/** What the captured page may have been asked: its search box is not on it, and each of its 39 papers is about masking. */
const QUESTIONS = [
	'mask',
	'masked image modeling',
	'masking strategy',
	'learnable masks',
	'masked autoencoder',
	'masked pretraining'
];
const SEED_DAY = '2026-04-16';
const samples = (file: string) => readFileSync(join(root, 'samples', file));

/** How many of the seed's 39 papers are among the first 40 and the first 100, on average over the questions. */
export interface SeedFound {
	found_40: number;
	found_100: number;
}

/** The 1,499 sample papers, by which the task is set. */
export const sampleRecords = () =>
	linesIn<JsonObject>(gunzipSync(samples('papers.jsonl.gz')).toString()).map(paperRecordOf);

export async function seedFound(db: Db): Promise<SeedFound> {
	return foundBy((question) => firstFound(db, question, 100));
}

export async function seedFoundByFts5(db: Db): Promise<SeedFound> {
	const fts5 = openFts5();
	const keys = new Map<number, string>();
	for await (const papers of papersIn(db)) {
		fts5.add(papers.map((paper) => ({ ...paper, authors: '' })));
		for (const { id, key } of papers) keys.set(id, key);
	}
	const found = await foundBy(async (question) => fts5.find(question, 100).map((id) => keys.get(id)!));
	fts5.close();
	return found;
}

async function foundBy(first100: (question: string) => Promise<string[]>): Promise<SeedFound> {
	const seed = seedKeys();
	const counts: { in40: number; in100: number }[] = [];
	for (const question of QUESTIONS) {
		const keys = await first100(question);
		const seeds = (most: number) => keys.slice(0, most).filter((key) => seed.has(key)).length;
		counts.push({ in40: seeds(40), in100: seeds(100) });
	}
	return { found_40: mean(counts.map(({ in40 }) => in40)), found_100: mean(counts.map(({ in100 }) => in100)) };
}

function seedKeys() {
	const lines = linesIn<{ date?: string; id?: string }>(samples('editions.jsonl').toString());
	return new Set(lines.flatMap(({ date, id }) => (date === SEED_DAY && id ? id : [])));
}
