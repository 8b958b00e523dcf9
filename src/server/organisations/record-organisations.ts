import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';

/** Takes down organisations that are not known yet, and gives the number of each handle. A known one keeps its name. */
export async function recordOrganisations(tx: Db, organisations: readonly { handle: string; name: string }[]) {
	if (organisations.length === 0) return new Map<string, number>();
	const handles = organisations.map(({ handle }) => handle);
	await tx
		.insertInto('organisation')
		.columns(['handle', 'name'])
		.expression(
			sql`select handle, name from json_populate_recordset(null::organisation, ${JSON.stringify(organisations)})`
		)
		.onConflict((conflict) => conflict.column('handle').doNothing())
		.execute();
	const rows = await tx
		.selectFrom('organisation')
		.select(['handle', 'id'])
		.where('handle', '=', sql<string>`any(${handles}::text[])`)
		.execute();
	return new Map(rows.map(({ handle, id }) => [handle, id]));
}
