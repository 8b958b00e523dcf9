import { expect, inject, test } from 'vitest';

const SAMPLE = 30;

async function text(path: string) {
	const response = await fetch(new URL(path, inject('site')));
	expect(response.status).toBe(200);
	return response.text();
}

test.for([
	['/', '/2026-04-16'],
	['/2026-04-16?code=yes', '/2026-04-16?code=yes'],
	['/2026-02-05?page=1', '/2026-02-05'],
	['/2026-W06', '/2026-W06'],
	['/papers/math/0004156', '/papers/math/0004156'],
	['/papers/0704.0027v4', '/papers/0704.0027'],
	['/categories/cs.CV?page=1', '/categories/cs.CV'],
	['/authors/carlos-hinojosa', '/authors/carlos-hinojosa']
] as const)('%s names %s as its one address, and says what it is to whoever shares it', async ([path, canonical]) => {
	const html = await text(path);
	const address = inject('site') + canonical;
	expect(html).toContain(`<link rel="canonical" href="${address.replaceAll('&', '&amp;')}"`);
	expect(html).toContain(`<meta property="og:url" content="${address.replaceAll('&', '&amp;')}"`);
	for (const property of ['og:type', 'og:title', 'og:description', 'og:site_name'])
		expect(html).toMatch(new RegExp(`<meta property="${property}" content="[^"]+"`));
	expect(html).toMatch(/<meta name="description" content="[^"]{10,}"/);
	expect(html).toMatch(/<title>[^<]{10,}<\/title>/);
});

test('a paper says its title, authors and date to citation managers', async () => {
	const html = await text('/papers/2407.13036');
	expect(html).toContain('<meta name="citation_title" content="ColorMAE');
	expect(html.match(/<meta name="citation_author"/g)).toHaveLength(3);
	expect(html).toContain('<meta name="citation_arxiv_id" content="2407.13036"');
});

test('robots.txt leads to the site map, and the site map to pages that are there', async () => {
	const robots = await text('/robots.txt');
	const index = await text(robots.match(/^Sitemap: (\S+)$/m)![1]!);
	const addresses = (await Promise.all(locations(index).map(text))).flatMap(locations);
	expect(addresses.length).toBeGreaterThan(1_500);
	expect(new Set(addresses).size).toBe(addresses.length);
	const step = Math.floor(addresses.length / SAMPLE);
	for (const address of addresses.filter((_, index) => index % step === 0)) {
		const html = await text(address);
		expect(html, address).toMatch(/<link rel="canonical" href="[^"]+"/);
		expect(html, address).not.toContain('content="noindex"');
	}
});

test('an address that a robot must not keep says so', async () => {
	expect(await text('/2026-02-07')).toContain('<meta name="robots" content="noindex"');
	expect(await text('/papers/0704.0027v2')).toContain('<meta name="robots" content="noindex"');
});

function locations(xml: string) {
	return [...xml.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address]) => address!);
}
