import { completionsFor } from '#server/search/completions.ts';
import { typedFrom } from '#server/search/search-address.ts';

/**
 * What somebody may be about to type. Not kept: words and names are counted behind the papers, which no change notes.
 */
export async function GET({ locals: { db }, url }) {
	const headers = { 'cache-control': 'no-store' };
	return Response.json(await completionsFor(db, typedFrom(url.searchParams)), { headers });
}
