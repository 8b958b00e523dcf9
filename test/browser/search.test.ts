import type { Page } from 'playwright-core';
import { expect, inject, test } from 'vitest';
import { asVisitor, follow, journey, pathOf } from './visitor.ts';

/** Asks from the field of the page, and waits for the answer. */
async function ask(page: Page, words: string) {
	await page
		.getByRole('searchbox')
		.or(page.getByRole('combobox', { name: 'Search papers' }))
		.fill(words);
	await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Search' }).click()]);
}

const titles = (page: Page) => page.locator('.results h3').allTextContents();

async function json(query: string) {
	const response = await fetch(`${inject('site')}/papers.json?${query}`);
	expect(response.status).toBe(200);
	return (await response.json()) as { count: number; pages: number; papers: { id: string }[] };
}

journey('from the front page one asks for a word, and is led to a paper that has it', async (page) => {
	await page.goto('/');
	await ask(page, 'mask');
	expect(pathOf(page)).toBe('/papers?q=mask');
	expect(await page.title()).toMatch(/^mask, \d+ papers: Broadsheet$/);
	expect(await page.innerText('.day')).toMatch(/^\d+ papers of 1,\d+, in \d+ ms\./);
	expect(await page.locator('.results article').count()).toBe(20);
	for (const result of await page.locator('.results article').all()) {
		expect(await result.locator('.why').innerText()).toMatch(/^(Found|Near)/);
		expect(await result.locator('h3 mark, .gist mark').count()).toBeGreaterThan(0);
	}
	const [title] = await titles(page);
	await follow(page, title!.trim(), { within: '.results' });
	expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(title!.trim());
});

journey('the whole abstract of a result unfolds, with its matches marked', async (page) => {
	await page.goto('/papers?q=masked+autoencoder');
	const result = page.locator('.results article').first();
	expect(await result.locator('.abstract').isVisible()).toBe(false);
	await result.locator('.meta summary').click();
	expect(await result.locator('.abstract').isVisible()).toBe(true);
	expect(await result.locator('.abstract mark').count()).toBeGreaterThan(0);
});

journey('a search is narrowed by ticking boxes, and each choice is taken back by itself', async (page) => {
	await page.goto('/papers?q=mask');
	const narrow = page.getByRole('form', { name: 'Narrow the search' });
	await narrow.getByRole('checkbox', { name: /^cs\.CV/ }).check();
	await narrow.getByRole('checkbox', { name: /^code/ }).check();
	await Promise.all([page.waitForEvent('load'), narrow.getByRole('button', { name: 'Narrow' }).click()]);
	expect(new URL(page.url()).searchParams.getAll('category')).toEqual(['cs.CV']);
	const narrowed = await page.locator('.day b').innerText();
	expect(await narrow.getByRole('checkbox', { name: /^cs\.CV/ }).isChecked()).toBe(true);
	await follow(page, 'Remove with code');
	expect(pathOf(page)).toBe('/papers?q=mask&category=cs.CV');
	expect(await page.locator('.day b').innerText()).not.toBe(narrowed);
	await follow(page, 'Remove cs.CV');
	expect(pathOf(page)).toBe('/papers?q=mask');
});

journey(
	'what is chosen stays when the order is changed, when one turns the page, and when one asks again',
	async (page) => {
		await page.goto('/papers?q=learning&category=cs.LG&year=none&year=2026');
		await page.getByLabel('Order').selectOption('Newest');
		await Promise.all([page.waitForEvent('load'), page.getByRole('button', { name: 'Narrow' }).click()]);
		expect(await page.innerText('.day')).toContain('the newest first');
		const first = await titles(page);
		await follow(page, 'Next', { within: '.pages' });
		expect(pathOf(page)).toBe('/papers?q=learning&sort=newest&year=2026&year=none&category=cs.LG&page=2');
		expect(await titles(page)).not.toEqual(first);
		await ask(page, 'network');
		expect(pathOf(page)).toBe('/papers?q=network&sort=newest&year=2026&year=none&category=cs.LG');
	}
);

journey('a word that no paper has is read as the one that is meant, and can be insisted on', async (page) => {
	await page.goto('/papers?q=trasnformer');
	expect(await page.innerText('#read')).toContain('No paper contains trasnformer, so this shows transformer.');
	expect(await page.locator('.results mark').first().innerText()).toMatch(/transformer/i);
	await follow(page, 'Search for exactly “trasnformer”');
	expect(await page.locator('.results article').count()).toBe(0);
	expect(await page.innerText('main')).toContain('No paper');
});

journey('the id and the address of a paper lead to it', async (page) => {
	for (const id of ['2407.13036', 'arXiv:2407.13036v1', 'https://arxiv.org/abs/2407.13036']) {
		await page.goto('/');
		await ask(page, id);
		expect(pathOf(page)).toBe('/papers/2407.13036');
	}
});

journey('where nothing is found it is said what to leave out, and what that finds', async (page) => {
	await page.goto('/papers?q=mask&year=1999');
	expect(await page.locator('.empty').innerText()).toContain('No paper has all of this.');
	const [words] = await page.locator('.empty li').allInnerTexts();
	expect(words).toMatch(/Without the year\s+\d+ papers/);
	await follow(page, 'Without the year');
	expect(await page.locator('.results article').count()).toBeGreaterThan(0);
});

journey('without words all papers are listed, the newest first, and it is said how to ask', async (page) => {
	await page.goto('/papers');
	expect(await page.innerText('.day')).toMatch(/1,5\d\d papers, the newest first/);
	await page.getByText('How to ask').click();
	expect(await page.getByText('these words, in this order').isVisible()).toBe(true);
	expect(await page.locator('.results article').count()).toBe(20);
	const feed = page.getByRole('link', { name: 'Feed of these papers' });
	expect(await feed.getAttribute('href')).toBe('/papers.atom?sort=newest');
});

journey('from a paper one comes to those that are similar, found already or not', async (page) => {
	await page.goto('/papers/2407.13036');
	await follow(page, /^(More like this|Find similar papers)$/);
	expect(pathOf(page)).toBe('/papers/2407.13036/similar');
	expect(await page.getByRole('article').count()).toBe(20);
});

// They are found behind the papers, which takes a minute or two for all the samples.
test('a paper names others that are similar, and why', { timeout: 300_000 }, async () => {
	const isFound = async (key: string) =>
		(await (await fetch(`${inject('site')}/papers/${key}`)).text()).includes('id="similar-heading"');
	await expect.poll(() => isFound('2407.13036'), { timeout: 280_000, interval: 2_000 }).toBe(true);
	await asVisitor({}, async (page) => {
		await page.goto('/papers/2407.13036');
		const similar = page.getByRole('region', { name: 'Similar papers' });
		expect(await similar.getByRole('listitem').count()).toBe(5);
		for (const one of await similar.getByRole('listitem').all()) expect(await one.innerText()).toMatch(/\nShares .+/);
	});
});

test('what was captured in a search for papers about masks is found again: all 39, among the first hundred', async () => {
	const edition = await (await fetch(`${inject('site')}/2026-04-16.json`)).json();
	const seed = (edition as { papers: { id: string }[] }).papers.map(({ id }) => id);
	const found: string[] = [];
	for (let page = 1; page <= 5; page += 1)
		found.push(...(await json(`q=mask&page=${page}`)).papers.map(({ id }) => id));
	expect(seed).toHaveLength(39);
	expect(seed.filter((id) => !found.includes(id))).toEqual([]);
});

test.for([
	'"',
	'((((((((((',
	')))',
	`${'('.repeat(700)}mask`,
	'-',
	'-mask',
	'the of and',
	'OR OR OR',
	'title:',
	'year:9999..',
	"' or 1=1; drop table paper; --",
	'\\d+(a|a)*$',
	'%00%07mask%0a',
	'mask '.repeat(230),
	'α β γ',
	'<script>alert(1)</script>',
	'💥'
])('%.30s is answered with a page', async (q) => {
	const query = q.includes('%') ? q : encodeURIComponent(q);
	const response = await fetch(`${inject('site')}/papers?q=${query}`);
	expect(response.status).toBe(200);
	const html = await response.text();
	expect(html).not.toContain('alert(1)</script>');
	expect(html.match(/<h1/g)).toHaveLength(1);
});

test.for(['?q=mask&page=0', '?q=mask&page=99999999', '?q=mask&sort=votes', '?year=%00&q=mask', '?category=&q=mask'])(
	'%s is a search for mask',
	async (query) => {
		const response = await fetch(`${inject('site')}/papers${query}`);
		expect(response.status).toBe(200);
		expect(await response.text()).toMatch(/<b>\d+ papers<\/b>/);
	}
);

test('a page of results is no robot’s, and all papers are', async () => {
	const robots = async (path: string) =>
		(await (await fetch(inject('site') + path)).text()).includes('<meta name="robots" content="noindex"');
	expect([await robots('/papers?q=mask'), await robots('/papers')]).toEqual([true, false]);
});
