import type { Page } from 'playwright-core';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, inject, test, vi } from 'vitest';
import { asVisitor, pathOf } from './visitor.ts';

const field = (page: Page) => page.getByRole('combobox', { name: 'Search papers' });
const list = (page: Page) => page.getByRole('listbox', { name: 'Completions' });

/** Words and names are counted behind the papers, so a site that has just started knows them a moment later. */
beforeAll(async () => {
	const known = async (q: string, what: 'authors' | 'words') => {
		const answer = await fetch(`${inject('site')}/papers/complete?q=${q}`);
		return ((await answer.json()) as Record<string, unknown[]>)[what]!.length > 0;
	};
	const patience = { timeout: 50_000, interval: 500 };
	await vi.waitUntil(() => known('hinojo', 'authors'), patience);
	await vi.waitUntil(() => known('colorm', 'words'), patience);
});

async function type(page: Page, words: string) {
	await page.goto('/papers');
	await field(page).pressSequentially(words, { delay: 10 });
	await list(page).waitFor();
}

async function arrive(page: Page, act: () => Promise<void>) {
	await Promise.all([page.waitForEvent('load'), act()]);
}

test('what is typed is completed with words, categories, authors and titles', async () => {
	await asVisitor({}, async (page) => {
		await type(page, 'hinojo');
		await expect.poll(() => list(page).getByRole('option').allInnerTexts()).toContainEqual('Carlos Hinojosa\nAuthor');
		await type(page, 'cs.CV');
		await expect.poll(() => list(page).innerText()).toContain('Computer Vision and Pattern Recognition');
		await type(page, 'ColorM');
		await expect.poll(() => list(page).innerText()).toContain('Exploring data-independent masking strategies');
	});
});

test('by keyboard: arrows choose, Enter goes there, Escape leaves what was typed', async () => {
	await asVisitor({}, async (page) => {
		await type(page, 'mask');
		expect(await field(page).getAttribute('aria-expanded')).toBe('true');
		await page.keyboard.press('ArrowDown');
		const option = list(page).getByRole('option').first();
		expect(await option.getAttribute('aria-selected')).toBe('true');
		expect(await field(page).getAttribute('aria-activedescendant')).toBe(await option.getAttribute('id'));
		await page.keyboard.press('ArrowUp');
		expect(await field(page).getAttribute('aria-activedescendant')).toBe(null);
		await page.keyboard.press('Escape');
		expect(await list(page).isVisible()).toBe(false);
		expect(await field(page).inputValue()).toBe('mask');
		await arrive(page, () => page.keyboard.press('Enter'));
		expect(pathOf(page)).toBe('/papers?q=mask');
	});
});

test('a completion that is taken leads to what it names', async () => {
	await asVisitor({}, async (page) => {
		await type(page, 'hinojo');
		const author = list(page).getByRole('option', { name: /Carlos Hinojosa/ });
		await author.waitFor();
		await arrive(page, () => author.click());
		expect(pathOf(page)).toBe('/authors/carlos-hinojosa');
		await type(page, 'ColorM');
		const paper = list(page).getByRole('option', { name: /^ColorMAE: Exploring/ });
		await paper.waitFor();
		while ((await paper.getAttribute('aria-selected')) !== 'true') await page.keyboard.press('ArrowDown');
		await arrive(page, () => page.keyboard.press('Enter'));
		expect(pathOf(page)).toBe('/papers/2407.13036');
	});
});

test('what somebody else wrote is only ever text in the list', async () => {
	await asVisitor({}, async (page) => {
		await page.route('**/papers/complete?*', (route) =>
			route.fulfill({
				json: {
					words: ['<b>word</b>'],
					titles: [{ key: '../../x', title: '<img src=x onerror=alert(1)>' }],
					authors: [{ name: '"><script>', path: 'https://elsewhere.example/' }],
					categories: []
				}
			})
		);
		await type(page, 'ab');
		expect(await list(page).locator('img, script, b').count()).toBe(0);
		expect(await list(page).innerText()).toContain('<img src=x onerror=alert(1)>');
		await list(page).getByRole('option').nth(1).click();
		expect(pathOf(page)).toBe('/papers');
	});
});

test('what completes weighs less than 8 kB, and its answer is small JSON', async () => {
	const html = await (await fetch(`${inject('site')}/papers`)).text();
	const [, path] = /<script type="module" src="([^"]+)"/.exec(html)!;
	const script = await fetch(new URL(path!, `${inject('site')}/papers`));
	expect(script.headers.get('content-type')).toContain('javascript');
	expect(gzipSync(await script.text()).length).toBeLessThan(8_000);
	const answer = await fetch(`${inject('site')}/papers/complete?q=mask`);
	expect(answer.headers.get('content-type')).toContain('application/json');
	expect((await answer.text()).length).toBeLessThan(4_000);
});
