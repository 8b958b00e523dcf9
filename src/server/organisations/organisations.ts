import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';

/** The organisation with this handle, however it is capitalised. Refuses one that is not known, and names those spelled alike. */
export async function organisationNamed(db: Db, handle: string) {
	const found = await db
		.selectFrom('organisation')
		.select(['handle', 'name'])
		.where(sql`lower(handle)`, '=', handle.toLowerCase())
		.executeTakeFirst();
	if (found) return found;
	const alike = await organisationsLike(db, handle);
	const hint =
		alike.length > 0 ? ` Spelled alike: ${alike.map(({ name, handle }) => `${name} (${handle})`).join(', ')}.` : '';
	throw new Refused('not_found', `No organisation here has the handle “${handle.slice(0, 100)}”.${hint}`);
}

async function organisationsLike(db: Db, name: string) {
	const nearness = sql<number>`greatest(similarity(name, ${name}), similarity(handle, ${name}))`;
	return db
		.selectFrom('organisation')
		.select(['handle', 'name'])
		.where(nearness, '>', 0.3)
		.orderBy(nearness, 'desc')
		.orderBy('handle')
		.limit(3)
		.execute();
}
