import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { escapeHtml } from '#server/text/escape.ts';
import { paperPath } from './paper-key.ts';

/** Papers in one part, counted by their numbers; the protocol's limit is 50,000 addresses a file (sitemaps.org). */
const PART = 20_000;

/** The parts of the site map: `days`, and the papers in parts by number. */
export async function sitemapParts(db: Db): Promise<string[]> {
	const { last } = await db
		.selectFrom('paper')
		.select((eb) => eb.fn.max('id').as('last'))
		.executeTakeFirstOrThrow();
	const parts = Math.ceil(Number(last ?? 0) / PART);
	return ['days', ...Array.from({ length: parts }, (_, index) => `papers-${index + 1}`)];
}

/** The addresses of one part, from the root. Refuses a part that is not there. */
export async function sitemapPaths(db: Db, part: string): Promise<string[]> {
	if (part === 'days') {
		const days = await db
			.selectFrom('edition')
			.select('day')
			.where((eb) => eb.or([eb('featured', '>', 0), eb('announced', '>', 0)]))
			.orderBy('day')
			.execute();
		return ['/', '/archive', '/about', ...days.map(({ day }) => `/${day}`)];
	}
	const [, number] = /^papers-([1-9]\d{0,5})$/.exec(part) ?? [];
	if (!number) throw new Refused('not_found', 'The site map has no such part.');
	const papers = await db
		.selectFrom('paper')
		.select('key')
		.where('id', '>', (Number(number) - 1) * PART)
		.where('id', '<=', Number(number) * PART)
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
