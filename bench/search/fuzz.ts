import type { Db } from '#server/db/database.ts';
import { searchPapers } from '#server/search/search-papers.ts';
import { asked } from '../relevance/asking.ts';
import { type Chance, chanceOf, oneOf } from '../relevance/chance.ts';
import { progressOf } from '../progress.ts';
import { median } from '../statistics.ts';
import { queryOf, type Words } from './strange-queries.ts';

const SEED = 11;
/** The slowest so far: they are changed a little, and asked again at the end. */
const KEPT = 20;
const AGAIN = 3;

interface Tried {
	q: string;
	ms: number;
}

/**
 * Looks for the query that takes longest: strange ones at first, then mostly the slowest so far with something changed. What a
 * machine does meanwhile may hit any query, so the slowest are asked again at the end, and the middle of three counts.
 */
export async function fuzz(db: Db, { words, seconds }: { words: Words; seconds: number }) {
	const chance = chanceOf(SEED);
	const end = performance.now() + seconds * 1000;
	const failed: string[] = [];
	let [slowest, tried]: [Tried[], number] = [[], 0];
	const tell = progressOf('seconds of fuzzing', seconds);
	for (; performance.now() < end; tried += 1) {
		const q = nextQuery(chance, { words, slowest });
		const ms = await timed(db, q).catch((fault: Error) => {
			failed.push(`${JSON.stringify(q.slice(0, 200))}: ${fault.message}`);
			return 0;
		});
		slowest = [...slowest, { q, ms }].toSorted((one, other) => other.ms - one.ms).slice(0, KEPT);
		tell(
			Math.round(seconds - (end - performance.now()) / 1000),
			`${tried} queries, worst ${Math.round(slowest[0]!.ms)} ms`
		);
	}
	return { tried, failed, worstSeen: slowest[0]!.ms, slowest: await askedAgain(db, slowest) };
}

function nextQuery(chance: Chance, { words, slowest }: { words: Words; slowest: Tried[] }) {
	if (slowest.length < KEPT || chance() < 0.5) return queryOf(chance, words);
	const { q } = oneOf(chance, slowest);
	const other = queryOf(chance, words);
	return oneOf(chance, [
		() => `${q} ${other}`,
		() => `(${q}) OR (${other})`,
		() => `${q} ${oneOf(chance, words.common)}`,
		() => q.slice(0, Math.floor(chance() * q.length)),
		() => `-(${q})`
	])().slice(0, 20_000);
}

/** The worst first. */
async function askedAgain(db: Db, slowest: readonly Tried[]): Promise<Tried[]> {
	const again: Tried[] = [];
	for (const { q } of slowest) {
		const times: number[] = [];
		for (let turn = 0; turn < AGAIN; turn += 1) times.push(await timed(db, q).catch(() => 0));
		again.push({ q, ms: median(times) });
	}
	return again.toSorted((one, other) => other.ms - one.ms);
}

async function timed(db: Db, q: string) {
	const began = performance.now();
	await searchPapers(db, asked(q));
	return performance.now() - began;
}
