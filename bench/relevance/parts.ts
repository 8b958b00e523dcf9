import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openDatabase } from '#server/db/connection.ts';
import type { Db } from '#server/db/database.ts';
import { startMigrated } from '#server/db/migrated-in-memory.ts';
import { broadsheet } from '../broadsheet.ts';
import { inFolder } from '../folders.ts';
import { paperFiles } from '../paper-files.ts';
import { guardedOverSamples, guardedOverTestSet, writeBaseline } from './guarded.ts';
import { knownItems } from './known-items.ts';
import { type KnownFound, knownFound, knownFoundByFts5 } from './known-task.ts';
import { PUBLISHED } from './published.ts';
import { sampleRecords, seedFound, seedFoundByFts5 } from './seed-task.ts';
import { settle } from './settle.ts';
import { takeRecords } from './take-documents.ts';
import { testSet, type TestSetName } from './test-set.ts';
import { answered } from './test-set-task.ts';

/** What a part of the benchmark found: lines for a person, and its figures by name. */
export interface Part {
	rows: Row[];
	figures: Record<string, number>;
}

interface Row {
	what: string;
	ours: number;
	peer: number | null;
	ratio: number | null;
	of: string;
}

export function testSetPart(name: TestSetName): Promise<Part> {
	return inMemory(async (db) => {
		const { ndcg10, textbook, questions, better, worse } = await answered(db, testSet(name));
		const key = name.replace('-', '_');
		const of = `${questions} questions, ${better} better, ${worse} worse`;
		const published = PUBLISHED.filter(({ set }) => set === name);
		return {
			rows: [
				row(`${name}, nDCG@10, beside the textbook`, [ndcg10, textbook], of),
				...published.map((one) => row(`  ${one.what}`, [ndcg10, one.ndcg10], 'as published'))
			],
			figures: { [`${key}_ndcg10`]: ndcg10, [`${key}_textbook`]: textbook }
		};
	});
}

export function seedPart(): Promise<Part> {
	return inMemory(async (db) => {
		await takeRecords(db, sampleRecords());
		await settle(db);
		const [ours, fts5] = [await seedFound(db), await seedFoundByFts5(db)];
		const of = 'of 39, mean of 6 queries';
		return {
			rows: [
				row('seed papers in the first 40, beside FTS5', [ours.found_40, fts5.found_40], of),
				row('seed papers in the first 100, beside FTS5', [ours.found_100, fts5.found_100], of)
			],
			figures: {
				seed_found_40: ours.found_40,
				seed_found_100: ours.found_100,
				seed_fts5_40: fts5.found_40,
				seed_fts5_100: fts5.found_100
			}
		};
	});
}

/** Over all papers, in a folder of its own, or in one that is kept for the next run: taking them in is most of the time. */
export function knownPart({ known, peer, kept }: { known: number; peer: number; kept: string }): Promise<Part> {
	const measure = async (dataFolder: string) => {
		if (!existsSync(dataFolder)) await takeAll(dataFolder);
		const { db, close } = await openDatabase({ dataFolder, databaseUrl: null });
		try {
			const items = await knownItems(db, known);
			const few = items.slice(0, peer);
			const ours = await knownFound(db, items);
			const beside = { ours: await knownFound(db, few), fts5: await knownFoundByFts5(db, few) };
			return knownReport({ ours, of: items.length, beside, few: few.length });
		} finally {
			await close();
		}
	};
	return kept ? measure(resolve(kept)) : inFolder((folder) => measure(join(folder, 'data')));
}

/** By the command, as a person does, and with the jobs behind it. */
async function takeAll(dataFolder: string) {
	console.error('Importing all papers …');
	await broadsheet(dataFolder, ['import', '--quiet', ...paperFiles()]);
	await broadsheet(dataFolder, ['work', '--once']);
}

interface Known {
	ours: KnownFound;
	of: number;
	beside: { ours: KnownFound; fts5: KnownFound };
	few: number;
}

function knownReport({ ours, of, beside, few }: Known): Part {
	const kinds = Object.keys(ours) as (keyof KnownFound)[];
	return {
		rows: kinds.flatMap((kind) => [
			row(`known items ${kind}, mean reciprocal rank`, [ours[kind], null], `${of} papers`),
			row(`  beside FTS5`, [beside.ours[kind], beside.fts5[kind]], `the first ${few} of them`)
		]),
		figures: Object.fromEntries(
			kinds.flatMap((kind) => [
				[`known_mrr_${kind}`, ours[kind]],
				[`known_fts5_${kind}`, beside.fts5[kind]]
			])
		)
	};
}

/** Writes what test/relevance.test.ts compares with. */
export async function baselinePart(): Promise<Part> {
	const figures = await inMemory(guardedOverSamples);
	for (const name of ['scifact', 'cranfield'] as const)
		Object.assign(figures, await inMemory((db) => guardedOverTestSet(db, name)));
	writeBaseline(figures);
	return { rows: [], figures };
}

async function inMemory<T>(work: (db: Db) => Promise<T>): Promise<T> {
	const { db, close } = await startMigrated();
	try {
		return await work(db);
	} finally {
		await close();
	}
}

function row(what: string, [ours, peer]: [number, number | null], of: string): Row {
	return { what, ours, peer, ratio: peer && ours / peer, of };
}
