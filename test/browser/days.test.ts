import { describe, expect, test } from 'vitest';
import { asVisitor, follow, journey, pathOf } from './visitor.ts';

journey('one turns from day to day over a weekend', async (page) => {
	await page.goto('/2026-02-09');
	await follow(page, 'Fri 6 February');
	expect(pathOf(page)).toBe('/2026-02-06');
	await follow(page, 'Mon 9 February');
	expect(pathOf(page)).toBe('/2026-02-09');
});

journey('a week lists its days, and each leads to its edition', async (page) => {
	await page.goto('/2026-02-05');
	await follow(page, 'week 6');
	expect(pathOf(page)).toBe('/2026-W06');
	expect(await page.locator('main h2').allTextContents()).toEqual([
		'Monday 2 February',
		'Tuesday 3 February',
		'Wednesday 4 February',
		'Thursday 5 February',
		'Friday 6 February'
	]);
	await follow(page, 'Week 7 of 2026');
	expect(pathOf(page)).toBe('/2026-W07');
	await follow(page, 'Monday 9 February');
	expect(pathOf(page)).toBe('/2026-02-09');
});

journey('a month is reached from the calendar of a day, and from the archive', async (page) => {
	await page.goto('/2026-02-05');
	await page.getByText('Archive', { exact: true }).last().click();
	await follow(page, 'February 2026');
	expect(pathOf(page)).toBe('/2026-02');
	await follow(page, 'March 2026');
	expect(await page.innerText('main')).toContain('No papers of these days have been taken in.');
	await follow(page, 'Archive', { within: '.bar' });
	await follow(page, 'February 2026', { within: 'main' });
	expect(pathOf(page)).toBe('/2026-02');
});

journey('the calendar of the archive counts the papers of each day, and says where there are none', async (page) => {
	await page.goto('/archive');
	const april = page.getByRole('table', { name: 'April 2026' });
	expect(await april.getByRole('link').allTextContents()).toEqual(['1639']);
	const january = page.getByRole('table', { name: 'January 2026' });
	expect(await january.getByRole('link', { name: '20' }).textContent()).toBe('20none');
	await april.getByRole('link').click();
	await page.waitForURL('**/2026-04-16');
});

describe('a day without papers says why', () => {
	const days = [
		['/2026-02-07', 'No papers on this day: it is a Saturday.', 'from Monday to Friday'],
		['/2026-01-20', 'No papers on this day: arXiv was on holiday.', 'Martin Luther King Jr. Day'],
		['/2026-04-17', 'No papers of this day have been taken in.', 'they are missing here'],
		['/2019-03-05', 'No papers of this day have been taken in.', 'not known here'],
		['/2098-06-03', 'This edition has not come yet.', 'arXiv announces its papers at'],
		['/2026-02-16?category=math.AP', 'Your filter hides all 9 papers.', 'Show all 9']
	] as const;
	for (const [path, heading, words] of days)
		test(`${path}: ${heading}`, () =>
			asVisitor({ javaScriptEnabled: false }, async (page) => {
				await page.goto(path);
				expect(await page.locator('.empty').getByRole('heading').innerText()).toBe(heading);
				expect(await page.locator('.empty').innerText()).toContain(words);
				const ways = page.locator('.empty .row a');
				expect(await ways.count()).toBeGreaterThan(0);
				await Promise.all([page.waitForEvent('load'), ways.first().click()]);
				expect(await page.getByRole('article').count()).toBeGreaterThan(0);
			}));
});
