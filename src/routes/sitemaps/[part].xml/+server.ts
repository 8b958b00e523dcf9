import { editionAddresses } from '#server/editions/edition-addresses.ts';
import { paperAddresses, sitemapXml } from '#server/papers/sitemap.ts';

export async function GET({ locals: { db }, params: { part }, url }) {
	const paths = await (part === 'days' ? editionAddresses(db) : paperAddresses(db, part));
	const addresses = paths.map((path) => url.origin + path);
	return new Response(sitemapXml('urlset', addresses), { headers: { 'content-type': 'application/xml' } });
}
