import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { firstMissing, type Migration, migrationsFolder, migrationsIn } from '#server/db/migrate.ts';
import { isStopping } from '#server/http/stopping.ts';
import { Refused } from '#server/refused.ts';
import { inTime } from './in-time.ts';
import { remembered } from './remembered.ts';

/** Milliseconds within which a database has to answer. */
const PATIENCE = 1_000;

/** Why this process should be sent no requests now, in a sentence; null: it is ready. Known within a second. */
export async function notReadyBecause(db: Db): Promise<string | null> {
	if (isStopping()) return 'This process is stopping.';
	const mismatch = await inTime(
		mismatchOf(db).then((sentence) => ({ sentence })),
		PATIENCE
	);
	return mismatch ? mismatch.sentence : 'The database does not answer.';
}

/** Why this version cannot use the database as it is, in a sentence; null where it can. */
export const mismatchOf = remembered(readMismatch, { what: 'migrations', keep: 1_000 });

let ours: Promise<Migration[]> | undefined;

async function readMismatch(db: Db): Promise<string | null> {
	const [migrations, applied] = await Promise.all([(ours ??= migrationsIn(migrationsFolder)), appliedIn(db)]);
	try {
		const missing = firstMissing(migrations, applied);
		return missing ? `The database lacks the migration ${missing.name}.` : null;
	} catch (refusal) {
		if (refusal instanceof Refused) return refusal.message;
		throw refusal;
	}
}

async function appliedIn(db: Db) {
	const { rows } = await sql<Omit<Migration, 'text'>>`select name, checksum from migration order by name`.execute(db);
	return rows;
}
