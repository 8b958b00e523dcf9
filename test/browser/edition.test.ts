import { expect } from 'vitest';
import { follow, journey, pathOf } from './visitor.ts';

journey('the front page is the sample edition: 39 papers, the larger the higher their rank', async (page) => {
	await page.goto('/');
	expect(await page.title()).toBe('Broadsheet, Thursday 16 April 2026');
	expect(await page.getByRole('article').count()).toBe(39);
	expect(await page.locator('.lead').count()).toBe(1);
	expect(await page.locator('.front .paper:not(.lead)').count()).toBe(3);
	expect(await page.locator('.second .paper').count()).toBe(6);
	expect(await page.locator('.brief .paper').count()).toBe(29);
	const sizes = await page
		.locator('.paper > :is(h2, h3)')
		.evaluateAll((headings) => headings.map((heading) => parseFloat(getComputedStyle(heading).fontSize)));
	expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
	expect(new Set(sizes).size).toBe(4);
});

journey('the front page says that it is a sample, and how to take in real days', async (page) => {
	await page.goto('/');
	const notice = page.getByRole('region', { name: 'This is a sample edition.' });
	expect(await notice.innerText()).toContain('A captured search, shown as a sample edition');
	await follow(page, 'Take in today’s papers');
	expect(pathOf(page)).toBe('/about#papers');
	expect(await page.getByRole('region', { name: 'Commands' }).innerText()).toContain('bin/broadsheet import');
});

journey(
	'every paper of the front page has its abstract, its authors and its date, or says what is missing',
	async (page) => {
		await page.goto('/');
		for (const paper of await page.getByRole('article').all()) {
			const text = (await paper.textContent())!;
			expect(text.length).toBeGreaterThan(500);
			expect(text).toMatch(/\d{1,2} [A-Z][a-z]{2} \d{4}|date not given/);
		}
		expect(await page.getByText('date not given').count()).toBeGreaterThan(0);
	}
);

journey('an abstract unfolds under its paper, and moves only what stands below it', async (page) => {
	await page.setViewportSize({ width: 1280, height: 900 });
	await page.goto('/');
	const paper = page.locator('.second .paper').first();
	const abstract = paper.locator('.abstract');
	const beside = page.locator('.second > div').nth(1).locator('.paper').last();
	const topOf = () => beside.evaluate((element) => element.getBoundingClientRect().top + scrollY);
	const before = await topOf();
	expect(await abstract.isVisible()).toBe(false);
	await paper.getByText('Abstract').click();
	expect(await abstract.isVisible()).toBe(true);
	expect(await topOf()).toBe(before);
});

journey('the authors who are not named at first unfold in the line', async (page) => {
	await page.goto('/');
	const by = page.locator('.lead .by');
	expect(await by.innerText()).not.toContain('Weigang Zhang');
	await by.getByText('and 4 more').click();
	expect(await by.innerText()).toContain('Weigang Zhang');
});

journey(
	'an edition is filtered by category and by code at addresses of their own, and there is a way back',
	async (page) => {
		await page.goto('/2026-04-16');
		await follow(page, 'With code 15');
		expect(pathOf(page)).toBe('/2026-04-16?code=yes');
		expect(await page.getByRole('article').count()).toBe(15);
		await follow(page, /^cs\.CV \d+$/);
		expect(pathOf(page)).toBe('/2026-04-16?category=cs.CV&code=yes');
		expect(await page.getByRole('article').count()).toBeLessThan(15);
		await follow(page, 'All 39');
		expect(pathOf(page)).toBe('/2026-04-16');
	}
);

journey('what else was announced stands under the featured papers, by category and on pages', async (page) => {
	await page.goto('/2026-02-05');
	const also = page.getByRole('region', { name: 'Also announced' });
	expect(await also.getByRole('article').count()).toBe(20);
	await follow(page, 'Next', { within: '.pages' });
	expect(pathOf(page)).toBe('/2026-02-05?page=2');
	expect(await page.getByRole('article').count()).toBe(20);
	expect(await page.locator('.lead').count()).toBe(0);
	await follow(page, 'Before', { within: '.pages' });
	expect(pathOf(page)).toBe('/2026-02-05#also');
});

journey('a day on which nothing was featured has the announced papers on its front page', async (page) => {
	await page.goto('/2026-01-29');
	expect(await page.getByRole('article').count()).toBe(14);
	expect(await page.locator('.lead').count()).toBe(1);
	const categories = await page.locator('.front .when a').allTextContents();
	expect(new Set(categories).size).toBe(categories.length);
});
