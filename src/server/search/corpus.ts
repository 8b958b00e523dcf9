import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { sectionsOf } from '#server/papers/paper-words.ts';
import { isStopWord } from '#server/text/words.ts';

/** All papers here, in numbers. */
export interface CountedCorpus {
	papers: number;
	/** Words in a title, in an abstract, stop words left out. */
	averageTitle: number;
	averageAbstract: number;
	/** How many papers have a stem, about; 0 of a stem that was not asked for. */
	papersWith(stem: string): number;
}

/** The papers, and how many have each of these stems. */
export async function corpusFor(db: Db, stems: readonly string[]): Promise<CountedCorpus> {
	const [size, papers] = await Promise.all([sizeOf(db), papersByStem(db, stems)]);
	return { ...size, papersWith: (stem) => Math.min(papers.get(stem) ?? 0, size.papers) };
}

/**
 * Counted are words, and a paper that has both `mask` and `masks` counts twice. For the rarity of a word, which goes by the
 * logarithm, that is near enough.
 */
async function papersByStem(db: Db, stems: readonly string[]) {
	if (stems.length === 0) return new Map<string, number>();
	const { rows } = await sql<{ stem: string; papers: number }>`
		select stem, sum(papers) as papers from word where stem = any(${stems}::text[]) group by stem`.execute(db);
	return new Map(rows.map(({ stem, papers }) => [stem, papers]));
}

type Size = Omit<CountedCorpus, 'papersWith'>;

/** Milliseconds for which the size is remembered, of this many papers or more: fewer take no time, and may double meanwhile. */
const KEPT = 60_000;
const MANY = 1_000;
const sizes = new WeakMap<Db, { readAt: number; size: Size }>();

async function sizeOf(db: Db): Promise<Size> {
	const known = sizes.get(db);
	if (known && performance.now() - known.readAt < KEPT) return known.size;
	const [papers, averages] = await Promise.all([papersHere(db), averageLengths(db)]);
	const size = { papers, ...averages };
	if (papers >= MANY) sizes.set(db, { readAt: performance.now(), size });
	return size;
}

/** Counting more than these would take longer than a search; then PostgreSQL's estimate, which VACUUM keeps, is good enough. */
const COUNTED = 200_000;

async function papersHere(db: Db) {
	const { rows } = await sql<{ counted: number; estimated: number }>`
		select count(*) as counted,
			(select reltuples::bigint from pg_class where oid = 'paper_words'::regclass) as estimated
		from (select from paper_words limit ${sql.lit(COUNTED)}) counted`.execute(db);
	const { counted, estimated } = rows[0]!;
	return counted < COUNTED ? counted : Math.max(counted, estimated);
}

/** Of how many papers at either end the lengths are averaged. */
const MEASURED = 100;

async function averageLengths(db: Db) {
	const { rows } = await sql<{ words: string }>`
		(select words from paper_words order by paper_id limit ${sql.lit(MEASURED)})
		union all (select words from paper_words order by paper_id desc limit ${sql.lit(MEASURED)})`.execute(db);
	const lengths = rows.map(({ words }) => {
		const { title, abstract } = sectionsOf(words);
		return { title: lengthOf(title), abstract: lengthOf(abstract) };
	});
	return {
		averageTitle: average(lengths.map(({ title }) => title)),
		averageAbstract: average(lengths.map(({ abstract }) => abstract))
	};
}

const lengthOf = (words: readonly string[]) => words.filter((word) => !isStopWord(word)).length;

function average(numbers: readonly number[]) {
	return numbers.length === 0 ? 0 : numbers.reduce((sum, number) => sum + number, 0) / numbers.length;
}
