import { keyAndVersion } from '#server/papers/paper-key.ts';

interface Asked {
	route: { id: string | null };
	params: Record<string, string | undefined>;
}

/**
 * What an answer hangs on: subjects of `page_change`, as the triggers of db/migrations/0002 write them. A page that is not
 * named here is made again after any change. Whoever lets a page read another table adds what that table's triggers say.
 */
export function hangsOn({ route, params }: Asked): string[] {
	const id = route.id ?? '';
	// Its papers; and the calendar, the number and the neighbours, which are the counts of other days.
	if (id.startsWith('/[day=day]')) return [`edition:${params.day}`, 'editions', 'everything'];
	const isPaper = id === '/papers/[...key]' || id === '/papers/[...key]/as/[form=form]';
	const key = isPaper ? keyAndVersion(params.key ?? '')?.key : undefined;
	// A paper's page says where it stood among the featured, which another paper's place decides too.
	if (key) return [`paper:${key}`, 'featured', 'everything'];
	return ['all'];
}

/** Told by a load whose page shows these papers too. One that comes to belong there is seen when the page is next made. */
export function alsoHangsOn(platform: App.Platform | undefined, papers: readonly { key: string }[]) {
	platform?.told?.hangsOn.push(...papers.map(({ key }) => `paper:${key}`));
}
