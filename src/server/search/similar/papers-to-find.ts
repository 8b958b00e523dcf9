import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** Papers that one statement looks through, in 5 ms. */
const LOOKED_THROUGH = 5_000;
const DUE_AT_ONCE = 500;
/** All papers up to this number have been looked at. It holds as long as that paper has its row. */
const PROGRESS = 'similar: found to';

/**
 * The papers whose similar ones are to be found, some at a time: again, where it is due, then for the first time, the newest first.
 * Those whose words are yet to be made are left out. Whoever takes all of them has dealt with them, and the next look is short.
 */
export async function* papersToFind(db: Db): AsyncGenerator<number[]> {
	const due = await papersDue(db);
	if (due.length > 0) yield due;
	const floor = await foundTo(db);
	let first: number | null = null;
	let isWhole = true;
	for (let below = Number.MAX_SAFE_INTEGER; ;) {
		const { ids, unready, highest, lowest } = await lookThrough(db, { below, floor });
		if (ids.length > 0) yield ids;
		isWhole &&= unready === 0;
		first ??= highest;
		if (lowest === null) break;
		below = lowest;
	}
	if (first !== null && isWhole) await noteFoundTo(db, first);
}

/** Whether there is such a paper. */
export async function arePapersToFind(db: Db): Promise<boolean> {
	if ((await papersDue(db)).length > 0) return true;
	const floor = await foundTo(db);
	for (let below = Number.MAX_SAFE_INTEGER; ;) {
		const { ids, lowest } = await lookThrough(db, { below, floor });
		if (ids.length > 0) return true;
		if (lowest === null) return false;
		below = lowest;
	}
}

async function papersDue(db: Db): Promise<number[]> {
	const rows = await db
		.selectFrom('similar_papers')
		.select('paper_id')
		.where('find_again_at', '<=', sql<Date>`now()`)
		.orderBy('find_again_at')
		.limit(DUE_AT_ONCE)
		.execute();
	return rows.map(({ paper_id }) => paper_id);
}

async function foundTo(db: Db): Promise<number> {
	const found = await db
		.selectFrom('search_progress')
		.innerJoin('similar_papers', 'paper_id', 'at')
		.select('at')
		.where('name', '=', PROGRESS)
		.executeTakeFirst();
	return found?.at ?? 0;
}

async function noteFoundTo(db: Db, at: number) {
	await db
		.insertInto('search_progress')
		.values({ name: PROGRESS, at })
		.onConflict((conflict) => conflict.column('name').doUpdateSet({ at }))
		.execute();
}

interface Looked {
	ids: number[];
	/** How many have no words yet. */
	unready: number;
	highest: number | null;
	lowest: number | null;
}

async function lookThrough(db: Db, { below, floor }: { below: number; floor: number }): Promise<Looked> {
	const { rows } = await sql<Looked>`
		with part as materialized (
			select id from paper where id < ${below} and id > ${floor} order by id desc limit ${sql.lit(LOOKED_THROUGH)}
		), missing as materialized (
			select id, exists (select from paper_words where paper_id = part.id) as is_ready from part
			where not exists (select from similar_papers where paper_id = part.id)
		)
		select (select max(id) from part) as highest, (select min(id) from part) as lowest,
			array(select id from missing where is_ready order by id desc) as ids,
			(select count(*) from missing where not is_ready) as unready`.execute(db);
	return rows[0]!;
}
