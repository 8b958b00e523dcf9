import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { KINDS_OF_PAGES } from './kinds-of-pages.ts';
import { asVisitor } from './visitor.ts';

const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const ALL = { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } as const;
/** All that the dark can change. */
const OF_COLOUR = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } as const;
const WIDTHS = [1280, 390];
const SCHEMES = ['light', 'dark'] as const;

test.for(Object.entries(KINDS_OF_PAGES))(
	'axe finds nothing on %s, unfolded, wide and narrow, light and dark',
	async ([, path]) => {
		await asVisitor({}, async (page) => {
			await page.goto(path);
			await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
			await page.evaluate(source);
			for (const width of WIDTHS) {
				await page.setViewportSize({ width, height: 900 });
				for (const colorScheme of SCHEMES) {
					await page.emulateMedia({ colorScheme });
					const findings = await findingsOn(page, colorScheme === 'light' ? ALL : OF_COLOUR);
					expect.soft(findings, `${path} at ${width}, ${colorScheme}`).toEqual([]);
				}
			}
		});
	}
);

async function findingsOn(page: Page, rules: typeof ALL | typeof OF_COLOUR) {
	const { violations } = await page.evaluate(
		({ type, values }) =>
			(window as unknown as { axe: typeof axe }).axe.run({
				runOnly: { type, values: [...values] },
				resultTypes: ['violations']
			}),
		rules
	);
	return violations.map(
		({ id, nodes }) =>
			`${id}: ${nodes
				.slice(0, 3)
				.map((node) => node.html.slice(0, 200))
				.join(' | ')}`
	);
}
