import { type RawBuilder, sql } from 'kysely';
import { atomically, type Db } from '#server/db/database.ts';

export interface WeightedStem {
	/** Text of a tsquery, safe as it is: `'mask' | 'a:mask'`. */
	lexeme: string;
	weight: number;
	/** How many papers have it, about. */
	papers: number;
}

export interface FoundPaper {
	id: number;
	/** The sum of the weights of what it has. */
	base: number;
	day: string | null;
}

/**
 * At most so many papers of one stem are read, and of all stems together: PostgreSQL in WebAssembly takes 1 ms for a thousand.
 * Of a stem beyond that, the papers that have a rarer one too are read, and `all` finds those that have every word.
 */
const MOST_OF_A_STEM = 6_000;
const MOST_OF_ALL = 8_000;

/** A query may hold hundreds, in the parts of its compounds; those that say least are left out. */
const MOST_STEMS = 64;
const MOST_COMMON = 16;

/**
 * At most `limit` papers by the summed weights of what they have, ties newest first; those that satisfy `all` have its weight
 * besides. `where` restricts.
 */
export async function candidates(
	db: Db,
	{
		stems,
		all,
		where,
		limit
	}: {
		stems: readonly WeightedStem[];
		all: { condition: RawBuilder<boolean>; weight: number } | null;
		where: RawBuilder<boolean> | null;
		limit: number;
	}
): Promise<FoundPaper[]> {
	const restricted = where ?? sql`true`;
	const parts = [withAny(affordable(stems), restricted), ...(all ? [withAll(all, restricted)] : [])];
	return byIndex(db, async (tx) => {
		const { rows } = await sql<FoundPaper>`
			select id, sum(weight) as base, day from (${sql.join(parts, sql` union all `)}) found
			group by id, day order by base desc, day desc nulls last, id desc limit ${limit}`.execute(tx);
		return rows;
	});
}

/** One plan whatever the number of stems: a query as a parameter is looked up in the index each time. */
function withAny(stems: readonly WeightedStem[], restricted: RawBuilder<unknown>) {
	const [queries, weights] = [stems.map(({ lexeme }) => lexeme), stems.map(({ weight }) => weight)];
	return sql`
		select found.id, found.day, asked.weight
		from unnest(${queries}::tsquery[], ${weights}::float8[]) asked (query, weight) cross join lateral (
			select paper_id as id, day from paper_words
			where lexemes @@ asked.query and ${restricted} limit ${sql.lit(MOST_OF_A_STEM)}
		) found`;
}

function withAll(all: { condition: RawBuilder<boolean>; weight: number }, restricted: RawBuilder<unknown>) {
	return sql`(
		select paper_id as id, day, ${all.weight}::float8 as weight from paper_words
		where ${all.condition} and ${restricted} limit ${sql.lit(MOST_OF_A_STEM)}
	)`;
}

/** The rarest first, as far as they go; of the others, the papers that have one of those too. */
function affordable(stems: readonly WeightedStem[]): WeightedStem[] {
	const rare: WeightedStem[] = [];
	const common: WeightedStem[] = [];
	let left = MOST_OF_ALL;
	const kept = weightiest(stems, MOST_STEMS);
	for (const stem of kept.toSorted((one, other) => one.papers - other.papers)) {
		const fits = rare.length === 0 || (stem.papers <= MOST_OF_A_STEM && stem.papers <= left);
		if (fits) left -= Math.min(stem.papers, MOST_OF_A_STEM);
		(fits ? rare : common).push(stem);
	}
	const any = rare.map(({ lexeme }) => `(${lexeme})`).join(' | ');
	return [
		...rare,
		...weightiest(common, MOST_COMMON).map((stem) => ({ ...stem, lexeme: `(${stem.lexeme}) & (${any})` }))
	];
}

function weightiest(stems: readonly WeightedStem[], most: number) {
	return stems.toSorted((one, other) => other.weight - one.weight).slice(0, most);
}

/** Papers are counted so far. */
export const MOST_COUNTED = 10_000;

/** Papers that satisfy a condition, counted exactly to `most`. */
export async function counted(
	db: Db,
	condition: RawBuilder<boolean> | null,
	most = MOST_COUNTED
): Promise<{ count: number; isExact: boolean }> {
	return byIndex(db, async (tx) => {
		const { rows } = await sql<{ count: number }>`
			select count(*) from (select from paper_words where ${condition ?? sql`true`} limit ${sql.lit(most + 1)}) found`.execute(
			tx
		);
		const { count } = rows[0]!;
		return { count: Math.min(count, most), isExact: count <= most };
	});
}

/** The first papers that satisfy a condition (null: all) by day, those without a day last. */
export async function byDay(
	db: Db,
	condition: RawBuilder<boolean> | null,
	{ oldestFirst, limit, offset }: { oldestFirst: boolean; limit: number; offset: number }
): Promise<{ id: number; day: string | null }[]> {
	const order = oldestFirst ? sql`day nulls last, id` : sql`day desc nulls last, id desc`;
	// Apart, or the order would be read off an index of days, and the lexemes of every paper on the way.
	const found = condition
		? sql`with found as materialized (select paper_id as id, day from paper_words where ${condition}) select id, day from found`
		: sql`select paper_id as id, day from paper_words`;
	return byIndex(db, async (tx) => {
		const { rows } = await sql<{ id: number; day: string | null }>`
			${found} order by ${order} limit ${limit} offset ${offset}`.execute(tx);
		return rows;
	});
}

/**
 * Lexemes are looked up in their index: PostgreSQL knows nothing of the cost of unpacking them, and for a common word would
 * do so paper by paper, which takes seconds. Said by a function, since a statement that is no select counts as a write.
 */
export async function byIndex<T>(db: Db, read: (tx: Db) => Promise<T>): Promise<T> {
	return atomically(db, async (tx) => {
		await sql`select set_config('enable_seqscan', 'off', true)`.execute(tx);
		return read(tx);
	});
}
