/**
 * What pages read after the `?` of their address. Anything else changes no page, and must make none of its own: what
 * newsletters append, or who wants others' pages pushed out of memory.
 */
export const PARAMETERS = ['category', 'code', 'page'];

/** The part of a query that is read, from the `?`, in one spelling and order. Of two values the first counts. */
export function queryRead(query: URLSearchParams): string {
	if (query.size === 0) return '';
	const read = PARAMETERS.flatMap((name) => (query.has(name) ? [[name, query.get(name)!]] : []));
	return read.length > 0 ? `?${new URLSearchParams(read)}` : '';
}
