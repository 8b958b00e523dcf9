import { readFileSync, writeFileSync } from 'node:fs';
import type { Db } from '#server/db/database.ts';
import { knownItems } from './known-items.ts';
import { knownFound } from './known-task.ts';
import { sampleRecords, seedFound } from './seed-task.ts';
import { settle } from './settle.ts';
import { takeRecords } from './take-documents.ts';
import { testSet, type TestSetName } from './test-set.ts';
import { answered } from './test-set-task.ts';

const file = new URL('baseline.json', import.meta.url);
const SEED_PAPERS = 39;
/** As many as CI has time for. */
const QUESTIONS = 60;
const KNOWN = 40;

/** Figures of relevance from 0 to 1 that are the same in every run, by name. */
export type Guarded = Record<string, number>;

/** Over the samples, which are in the repository, in an empty database: the seed task, and known items. */
export async function guardedOverSamples(db: Db): Promise<Guarded> {
	await takeRecords(db, sampleRecords());
	await settle(db);
	const { found_40, found_100 } = await seedFound(db);
	const { a, b, c, d } = await knownFound(db, await knownItems(db, KNOWN));
	return {
		samples_seed_40: found_40 / SEED_PAPERS,
		samples_seed_100: found_100 / SEED_PAPERS,
		samples_known_a: a,
		samples_known_b: b,
		samples_known_c: c,
		samples_known_d: d
	};
}

/** Over a test set, which is not in the repository, in an empty database: its first questions. */
export async function guardedOverTestSet(db: Db, name: TestSetName): Promise<Guarded> {
	const { ndcg10 } = await answered(db, testSet(name), QUESTIONS);
	return { [`${name}_ndcg10_of_${QUESTIONS}`]: ndcg10 };
}

export const baseline = () => JSON.parse(readFileSync(file, 'utf8')) as Guarded;

export function writeBaseline(figures: Guarded) {
	const rounded = Object.entries(figures).map(([name, value]) => [name, Math.round(value * 10_000) / 10_000]);
	writeFileSync(file, `${JSON.stringify(Object.fromEntries(rounded), null, '\t')}\n`);
}

/** What has become worse than the baseline by more than half a hundredth, or has none to compare with, in words. */
export function losses(figures: Guarded, before = baseline()): string[] {
	return Object.entries(figures)
		.filter(([name, value]) => !(value >= before[name]! - 0.005))
		.map(([name, value]) => `${name} was ${before[name]} and is ${value.toFixed(4)}`);
}
