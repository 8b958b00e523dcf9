import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { asVisitor } from './visitor.ts';

/** What a screen reader is told of seven pages. After a change that is meant: `bin/test trees --update`. */
const PAGES = {
	edition: '/2026-04-16',
	paper: '/papers/2407.13036',
	'empty-day': '/2026-02-07',
	archive: '/archive',
	category: '/categories/cs.CV',
	status: '/status',
	search: '/papers?q=colormae&sort=newest'
};

test.for(Object.entries(PAGES))(
	'the accessibility tree of the page of %s is the one that is kept',
	async ([name, path]) => {
		await asVisitor({ viewport: { width: 1280, height: 900 } }, async (page) => {
			await page.goto(path);
			if (path === '/status') await showWhatStays(page);
			await page.evaluate(leaveOutWhatIsSimilar);
			const tree = (await page.locator('body').ariaSnapshot())
				.replaceAll(await todayOn(page), 'Today’s date')
				.replace(/in \d+ ms/, 'in … ms');
			await expect(`${tree}\n`).toMatchFileSnapshot(`trees/${name}.txt`);
		});
	}
);

/** It tells what was asked for before, so it is asked for twice. */
async function showWhatStays(page: Page) {
	await page.reload();
	await page.evaluate(keepWhatStays);
}

/** What is near is found by what all papers have in common, which is counted behind them; until then it is a link. */
function leaveOutWhatIsSimilar() {
	for (const part of document.querySelectorAll('#similar')) part.replaceWith('…');
}

/** The status is another at each look. What is kept is how it is laid out: the parts that it always has. */
function keepWhatStays() {
	for (const part of document.querySelectorAll('[aria-labelledby=alarms], [aria-labelledby=pauses]')) part.remove();
	const varying = 'h1, .prose, .sources, .thirds dl, .thirds p, [aria-labelledby=backups] > :not(header), tbody';
	for (const part of document.querySelectorAll(`#main :is(${varying})`)) part.replaceWith('…');
}

/** Inner pages bear the date of today, which no kept tree can know. */
async function todayOn(page: Page) {
	return (await page.locator('.masthead.small time').allTextContents())[0] ?? 'no date';
}
