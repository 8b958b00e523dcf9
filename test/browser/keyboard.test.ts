import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { journey, pathOf } from './visitor.ts';

journey('the first Tab reaches a link past the head of the page, and it comes into sight', async (page) => {
	await page.goto('/2026-04-16');
	await page.keyboard.press('Tab');
	expect(await focused(page)).toMatchObject({ text: 'Skip to the papers', ringed: true, inSight: true });
	await page.keyboard.press('Enter');
	await page.keyboard.press('Tab');
	expect(await page.evaluate(() => document.activeElement!.closest('main') !== null)).toBe(true);
});

journey('every stop of the Tab key has a ring and is in sight', async (page) => {
	await page.goto('/2026-04-16');
	for (let stop = 0; stop < 30; stop += 1) {
		await page.keyboard.press('Tab');
		expect(await focused(page)).toMatchObject({ ringed: true, inSight: true });
	}
});

journey('by keyboard alone an abstract opens with Space, and a paper with Enter', async (page) => {
	await page.goto('/2026-04-16');
	const paper = page.locator('.front .paper:not(.lead)').first();
	await paper.locator('h2 a').focus();
	while (!(await focused(page)).text.startsWith('Abstract')) await page.keyboard.press('Tab');
	await page.keyboard.press('Space');
	expect(await paper.locator('.abstract').isVisible()).toBe(true);
	await page.keyboard.press('Space');
	expect(await paper.locator('.abstract').isVisible()).toBe(false);
	while (!(await focused(page)).isHeadline) await page.keyboard.press('Tab');
	await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
	expect(pathOf(page)).toMatch(/^\/papers\//);
});

function focused(page: Page) {
	return page.evaluate(() => {
		const element = document.activeElement!;
		const { outlineStyle, outlineWidth } = getComputedStyle(element);
		const { top, bottom, width } = element.getBoundingClientRect();
		return {
			text: element.textContent!.trim(),
			isHeadline: element.closest('.paper > :is(h2, h3)') !== null,
			ringed: outlineStyle === 'solid' && parseFloat(outlineWidth) >= 2,
			inSight: width > 1 && top >= 0 && bottom <= innerHeight
		};
	});
}
