import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { databaseTest } from '#server/db/test-database.ts';
import { countWords } from '#server/papers/word-counts.jobs.ts';
import { type PaperRecord, paperRecordOf } from '#server/papers/paper-record.ts';
import { recordPapers } from '#server/papers/record-papers.ts';
import { nearestTo } from '../similar.ts';
import { isOrdinary } from './ordinary-words.ts';

const SAMPLES = new URL('../../../../samples/papers.jsonl.gz', import.meta.url);

const ORDINARY =
	`much itself called however thus also show shows shown showing propose proposed method methods result results paper papers
	using used based approach approaches intuitively significantly extensively extensive introduce introduces achieve achieves achieving novel new
	existing demonstrate demonstrates outperforms improves improving work first recent often challenge challenges general`.split(
		/\s+/
	);

const TELLING =
	`masked autoencoder image patches attention transformer reasoning generation generative representation quantum galaxy theorem
	prompt family anomaly assembly news university integral recognition exploration verification world power relational unmasked`.split(
		/\s+/
	);

test.for(ORDINARY)('%s tells nothing', (word) => {
	expect(isOrdinary(word)).toBe(true);
});

test.for(TELLING)('%s tells something', (word) => {
	expect(isOrdinary(word)).toBe(false);
});

databaseTest('no reason of the sample papers has a word that tells nothing', async ({ db }) => {
	const lines = gunzipSync(readFileSync(SAMPLES)).toString().trim().split('\n').slice(0, 400);
	const records: PaperRecord[] = lines.map((line) => paperRecordOf(JSON.parse(line)));
	await recordPapers(db, { records, now: new Date('2026-05-01') });
	await countWords(db);
	const papers = await db.selectFrom('paper').select(['id', 'title']).orderBy('id').limit(60).execute();
	const unwanted = new Set(ORDINARY);
	for (const { id, title } of papers) {
		const near = await nearestTo(db, [id], { limit: 5 });
		expect(near.length, title).toBeGreaterThan(0);
		for (const { why } of near) {
			const words = /^Shares ([^;]*)/.exec(why)![1]!.split(', ');
			expect(
				words.filter((word) => unwanted.has(word)),
				why
			).toEqual([]);
		}
	}
});
