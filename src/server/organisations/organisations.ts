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
	const alike = await organisationsLike(db, handle).execute();
	const hint =
		alike.length > 0 ? ` Spelled alike: ${alike.map(({ name, handle }) => `${name} (${handle})`).join(', ')}.` : '';
	throw new Refused('not_found', `No organisation here has the handle “${handle.slice(0, 100)}”.${hint}`);
}

/** The query for the three whose name or handle is spelled most alike. */
export function organisationsLike(db: Db, name: string) {
	// `%` asks for a similarity of 0.3, and is what the index organisation_alike answers.
	const isAlike = sql<boolean>`(name % ${name} or handle % ${name})`;
	const nearness = sql<number>`greatest(similarity(name, ${name}), similarity(handle, ${name}))`;
	return db
		.selectFrom('organisation')
		.select(['handle', 'name'])
		.where(isAlike)
		.orderBy(nearness, 'desc')
		.orderBy('handle')
		.limit(3);
}
