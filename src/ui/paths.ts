import type { EditionFilter } from '#server/editions/roll.ts';

/** The address of an edition, filtered or turned to a page. */
export function editionPath(day: string, { category = null, withCode = false, page = 1 }: Partial<EditionFilter> = {}) {
	const query = new URLSearchParams();
	if (category) query.set('category', category);
	if (withCode) query.set('code', 'yes');
	if (page > 1) query.set('page', String(page));
	return query.size > 0 ? `/${day}?${query}` : `/${day}`;
}

/** The address of one page of a list. */
export function pagePath(path: string) {
	return (page: number) => (page > 1 ? `${path}?page=${page}` : path);
}
