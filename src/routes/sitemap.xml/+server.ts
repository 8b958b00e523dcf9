import { paperParts, sitemapXml } from '#server/papers/sitemap.ts';

export async function GET({ locals: { db }, url }) {
	const parts = ['days', ...(await paperParts(db))].map((part) => `${url.origin}/sitemaps/${part}.xml`);
	return new Response(sitemapXml('sitemapindex', parts), { headers: { 'content-type': 'application/xml' } });
}
