import { expect, inject, test } from 'vitest';
import { asVisitor } from './visitor.ts';

const SEARCHES = [
	['/papers', '?q=mask&sort=newest&category=cs.CV'],
	['/papers/2407.13036/similar', ''],
	['/similar', '?ids=2407.13036,1906.02940']
] as const;
const LISTS = [
	'/2026-02-16',
	'/2026-W07',
	'/2026-02',
	'/categories/cs.CV',
	'/authors/carlos-hinojosa',
	'/organisations/google'
];
const PAPERS = ['/papers/2407.13036', '/papers/math/0004156'];

async function form(path: string, type: string) {
	const response = await fetch(inject('site') + path);
	expect(response.status).toBe(200);
	expect(response.headers.get('content-type')).toContain(type);
	return response.text();
}

test.for([...LISTS, ...PAPERS, '/archive'])('%s.json is JSON', async (path) => {
	expect(JSON.parse(await form(`${path}.json`, 'application/json'))).toBeTypeOf('object');
});

test('every feed is well-formed Atom with the papers of its page', async () => {
	await asVisitor({}, async (page) => {
		for (const path of [...LISTS, ...PAPERS, '/feed']) {
			const feed = await form(`${path}.atom`, 'application/atom+xml');
			const found = await page.evaluate((xml) => {
				const atom = new DOMParser().parseFromString(xml, 'application/xml');
				const { namespaceURI, localName } = atom.documentElement;
				return { namespaceURI, localName, entries: atom.querySelectorAll('entry').length };
			}, feed);
			expect(found).toMatchObject({ namespaceURI: 'http://www.w3.org/2005/Atom', localName: 'feed' });
			expect(found.entries).toBeGreaterThan(0);
		}
	});
});

test.for([...LISTS, ...PAPERS])('%s.bib, .ris and .csl.json cite the same papers', async (path) => {
	const bibtex = await form(`${path}.bib`, 'application/x-bibtex');
	const ris = await form(`${path}.ris`, 'application/x-research-info-systems');
	const csl = JSON.parse(await form(`${path}.csl.json`, 'application/vnd.citationstyles.csl+json')) as unknown[];
	expect(csl.length).toBeGreaterThan(0);
	expect(bibtex.match(/^@\w+\{/gm)).toHaveLength(csl.length);
	expect(bibtex.split('{').length).toBe(bibtex.split('}').length);
	expect(ris.match(/^TY {2}- /gm)).toHaveLength(csl.length);
	expect(ris.match(/^ER {2}-/gm)).toHaveLength(csl.length);
});

test.for(SEARCHES)('%s has the same papers in every form, with all that was asked for', async ([path, query]) => {
	const json = JSON.parse(await form(`${path}.json${query}`, 'application/json')) as { papers: { id: string }[] };
	const atom = await form(`${path}.atom${query}`, 'application/atom+xml');
	const csl = JSON.parse(
		await form(`${path}.csl.json${query}`, 'application/vnd.citationstyles.csl+json')
	) as unknown[];
	const html = await (await fetch(`${inject('site')}${path}${query}`)).text();
	expect(json.papers.length).toBeGreaterThan(1);
	expect([csl.length, atom.match(/<entry>/g)!.length]).toEqual([json.papers.length, json.papers.length]);
	expect([...html.matchAll(/<article class="paper" id="([^"]+)"/g)].map(([, id]) => id)).toEqual(
		json.papers.map(({ id }) => id)
	);
	const self = `${inject('site')}${path}.atom${query}`.replaceAll('&', '&amp;');
	expect(atom).toContain(`<link rel="self" type="application/atom+xml" href="${self}"/>`);
});
