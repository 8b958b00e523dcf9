import type { Db } from '#server/db/database.ts';
import { WORDS_VERSION } from '#server/text/words.ts';

/** How far the words of the papers are counted. */
export interface WordProgress {
	/** The analyser whose words they are. */
	analyser: number;
	/** All papers up to this number are counted. */
	counted: number;
	/** The papers after those, up to this number, are being counted: the same as `counted` while none are. */
	counting: number;
	/** How many of their words and names have been taken into account. */
	done: number;
}

const NAMES: Record<keyof WordProgress, string> = {
	analyser: 'words: analyser',
	counted: 'words: counted to',
	counting: 'words: counting to',
	done: 'words: done'
};
const FIELDS = Object.keys(NAMES) as (keyof WordProgress)[];

export async function wordProgress(db: Db): Promise<WordProgress> {
	const rows = await db.selectFrom('search_progress').selectAll().where('name', 'in', Object.values(NAMES)).execute();
	const at = new Map(rows.map((row) => [row.name, row.at]));
	const [analyser, counted, counting, done] = FIELDS.map((field) => at.get(NAMES[field]) ?? 0) as number[];
	return { analyser: analyser!, counted: counted!, counting: counting!, done: done! };
}

export async function noteWordProgress(tx: Db, progress: Partial<WordProgress>) {
	const rows = FIELDS.flatMap((field) => {
		const at = progress[field];
		return at === undefined ? [] : { name: NAMES[field], at };
	});
	await tx
		.insertInto('search_progress')
		.values(rows)
		.onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ at: eb.ref('excluded.at') })))
		.execute();
}

/** The paper up to which words are counted, or are about to be: what changes in those has to be counted at once. */
export async function countedTo(tx: Db): Promise<number> {
	const { analyser, counting } = await wordProgress(tx);
	return analyser === WORDS_VERSION ? counting : 0;
}
