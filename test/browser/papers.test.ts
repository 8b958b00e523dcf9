import { expect } from 'vitest';
import { follow, journey, pathOf } from './visitor.ts';

journey('from the front page to a paper, and on to its author', async (page) => {
	await page.goto('/');
	await follow(page, /^ColorMAE/);
	expect(pathOf(page)).toBe('/papers/2407.13036');
	expect(await page.getByRole('heading', { level: 1 }).innerText()).toContain('ColorMAE');
	expect(await page.innerText('main')).toContain('Thursday 16 April 2026, ninth of 39');
	await follow(page, 'Carlos Hinojosa');
	expect(pathOf(page)).toBe('/authors/carlos-hinojosa');
	expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Papers by people named Carlos Hinojosa');
	expect(await page.innerText('main')).toContain('Different people may share a name.');
	await follow(page, /^ColorMAE/);
	expect(pathOf(page)).toBe('/papers/2407.13036');
});

journey('from a paper to its category and its organisation, and back to its edition', async (page) => {
	await page.goto('/papers/1906.02940');
	await follow(page, 'cs.LG');
	expect(pathOf(page)).toBe('/categories/cs.LG');
	expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('Machine Learning');
	await page.goto('/papers/2310.13593');
	await follow(page, 'NAVER AI Lab');
	expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe('NAVER AI Lab');
	await follow(page, /^Learning with Unmasked Tokens/);
	await follow(page, 'Thursday 16 April 2026');
	expect(pathOf(page)).toBe('/2026-04-16');
});

journey('a list of many papers is turned page by page', async (page) => {
	await page.goto('/categories/cs.CV');
	const first = await page.getByRole('article').first().textContent();
	await follow(page, 'Next', { within: '.pages' });
	expect(pathOf(page)).toBe('/categories/cs.CV?page=2');
	expect(await page.getByRole('article').first().textContent()).not.toBe(first);
});

journey('a paper links to arXiv and its DOI, and says its journal, licence, versions and comment', async (page) => {
	await page.goto('/papers/0704.0027');
	const main = page.getByRole('main');
	expect(await main.getByRole('link', { name: 'arXiv:0704.0027' }).getAttribute('href')).toBe(
		'https://arxiv.org/abs/0704.0027'
	);
	expect(await main.getByRole('link', { name: 'PDF' }).getAttribute('href')).toBe('https://arxiv.org/pdf/0704.0027');
	expect(await main.getByRole('link', { name: /^doi:/ }).getAttribute('href')).toBe(
		'https://doi.org/10.1103/PhysRevLett.99.087402'
	);
	const margin = await page.getByRole('complementary').innerText();
	expect(margin).toContain('Phys. Rev. Lett. 99, 087402 (2007)');
	expect(margin).toContain('arXiv’s licence to distribute');
	expect(margin).toContain('mode splitting is larger');
	expect(margin).toMatch(/v4\W+current/);
	await follow(page, 'v2');
	expect(pathOf(page)).toBe('/papers/0704.0027v2');
	expect(await page.innerText('main')).toContain('This is version 2.');
	await follow(page, 'current version');
	expect(pathOf(page)).toBe('/papers/0704.0027');
});

journey('a withdrawn paper says so, with its reason', async (page) => {
	await page.goto('/papers/0704.0644');
	const text = await page.innerText('main');
	expect(text).toContain('Withdrawn.');
	expect(text).toContain('due to an error in Lemma 8');
});

journey('mathematics in a title and in an abstract is set, not shown as source', async (page) => {
	await page.goto('/papers/2602.05640');
	expect(await page.locator('main math').count()).toBeGreaterThan(0);
	expect(await page.locator('.abstract').textContent()).not.toContain('$');
	const formula = await page.locator('.abstract math').first().boundingBox();
	expect(formula!.width).toBeGreaterThan(4);
});

journey('a paper of 438 authors names the first and unfolds the rest', async (page) => {
	await page.goto('/papers/2602.04705');
	const authors = page.locator('.authors');
	expect(await authors.getByRole('link').count()).toBe(30);
	await authors.getByText('and 408 more').click();
	expect(await authors.getByRole('link').count()).toBe(438);
});

journey('a paper is cited as BibTeX on its page, and in three files', async (page) => {
	await page.goto('/papers/2407.13036');
	const cite = page.locator('#cite');
	expect(await cite.getByRole('region', { name: 'BibTeX entry' }).textContent()).toMatch(/^@\w+\{\w+,/);
	expect(await cite.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual([
		'/papers/2407.13036.bib',
		'/papers/2407.13036.ris',
		'/papers/2407.13036.csl.json'
	]);
});
