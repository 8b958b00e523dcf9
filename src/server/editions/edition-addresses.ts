import type { Db } from '#server/db/database.ts';

/** The addresses of every edition, and of the pages that lead to them, from the root. */
export async function editionAddresses(db: Db): Promise<string[]> {
	const days = await db
		.selectFrom('edition')
		.select('day')
		.where((eb) => eb.or([eb('featured', '>', 0), eb('announced', '>', 0)]))
		.orderBy('day')
		.execute();
	return ['/', '/archive', '/about', ...days.map(({ day }) => `/${day}`)];
}
