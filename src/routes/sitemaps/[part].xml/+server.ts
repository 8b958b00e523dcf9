import { sitemapPaths, sitemapXml } from '#server/papers/sitemap.ts';

export async function GET({ locals: { db }, params, url }) {
	const addresses = (await sitemapPaths(db, params.part)).map((path) => url.origin + path);
	return new Response(sitemapXml('urlset', addresses), { headers: { 'content-type': 'application/xml' } });
}
