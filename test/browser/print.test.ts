import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { asVisitor } from './visitor.ts';

test('the edition prints on one sheet of A4, front page in front, and no headline is lost', async () => {
	await asVisitor({}, async (page) => {
		await page.goto('/2026-04-16');
		const headlines = await page.locator('.paper > :is(h2, h3)').allTextContents();
		// The outline of a tagged PDF holds what was set as a heading on a page.
		const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true, outline: true })).toString('latin1');
		expect(pdf.match(/\/Type \/Page\b(?!s)/g)).toHaveLength(2);
		expect(pdf.match(/\/MediaBox \[0 0 (\d+)[.\d]* (\d+)/)!.slice(1)).toEqual(['594', '841']);
		const outline = titlesIn(pdf);
		expect(headlines.filter((headline) => !outline.includes(withoutSpace(headline)))).toEqual([]);
		expect(headlines).toHaveLength(39);
	});
});

test.each(['02', '03', '04', '05', '06', '09', '10', '11', '12', '13', '16'])(
	'the sample edition of %s February prints on one sheet too',
	async (day) => {
		await asVisitor({}, async (page) => {
			await page.goto(`/2026-02-${day}`);
			const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
			expect(pdf.match(/\/Type \/Page\b(?!s)/g)!.length).toBeLessThanOrEqual(2);
		});
	}
);

test('what is dark on the screen is printed in black on white', async () => {
	await asVisitor({ colorScheme: 'dark' }, async (page) => {
		await page.goto('/2026-04-16');
		expect(await coloursOf(page)).toEqual({ paper: 'rgb(19, 21, 25)', ink: 'rgb(233, 232, 228)' });
		await page.emulateMedia({ media: 'print' });
		expect(await coloursOf(page)).toEqual({ paper: 'rgb(255, 255, 255)', ink: 'rgb(0, 0, 0)' });
	});
});

test('what can only be pressed is not printed', async () => {
	await asVisitor({}, async (page) => {
		await page.emulateMedia({ media: 'print' });
		for (const path of ['/2026-04-16', '/papers/2407.13036']) {
			await page.goto(path);
			for (const part of ['.bar', '.day', '.skip', '.foot', '.meta']) {
				for (const found of await page.locator(part).all()) expect(await found.isVisible(), part).toBe(false);
			}
		}
	});
});

function coloursOf(page: Page) {
	return page.evaluate(() => {
		const { backgroundColor: paper, color: ink } = getComputedStyle(document.body);
		return { paper, ink };
	});
}

/** Titles of the outline, as PDF writes them: in UTF-16, or in parentheses. White space goes: a line's end is written as none. */
function titlesIn(pdf: string) {
	return [...pdf.matchAll(/\/Title (?:<FEFF([0-9A-F]+)>|\(((?:\\.|[^\\)])*)\))/g)].map(([, hex, plain]) =>
		withoutSpace(hex ? Buffer.from(hex, 'hex').swap16().toString('utf16le') : plain!.replaceAll(/\\(.)/g, '$1'))
	);
}

const withoutSpace = (text: string) => text.replaceAll(/\s/g, '');
