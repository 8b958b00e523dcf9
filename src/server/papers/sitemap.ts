import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { escapeHtml } from '#server/text/escape.ts';
import { paperPath } from './paper-key.ts';

/** Papers in one part, counted by their numbers; the protocol's limit is 50,000 addresses a file (sitemaps.org). */
const PART = 20_000;

/** The parts of the site map that name papers, by their numbers. */
export async function paperParts(db: Db): Promise<string[]> {
	const { last } = await db
		.selectFrom('paper')
		.select((eb) => eb.fn.max('id').as('last'))
		.executeTakeFirstOrThrow();
	return Array.from({ length: Math.ceil((last ?? 0) / PART) }, (_, index) => `papers-${index + 1}`);
}

/** The addresses of the papers of one part, from the root. Refuses a part that is not there. */
export async function paperAddresses(db: Db, part: string): Promise<string[]> {
	const index = (await paperParts(db)).indexOf(part);
	if (index < 0) throw new Refused('not_found', 'The site map has no such part.');
	const papers = await db
		.selectFrom('paper')
		.select('key')
		.where('id', '>', index * PART)
		.where('id', '<=', (index + 1) * PART)
		.orderBy('id')
		.execute();
	return papers.map(({ key }) => paperPath(key));
}

/** A site map or an index of site maps as XML (sitemaps.org/protocol.html). */
export function sitemapXml(kind: 'sitemapindex' | 'urlset', addresses: readonly string[]) {
	const item = kind === 'urlset' ? 'url' : 'sitemap';
	const items = addresses
		.map((address) => `<${item}><loc>${escapeHtml(encodeURI(address))}</loc></${item}>\n`)
		.join('');
	return `<?xml version="1.0" encoding="UTF-8"?>\n<${kind} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${items}</${kind}>\n`;
}
