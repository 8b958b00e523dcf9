/** Makes pictures of the real screens; see bin/pictures. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContextOptions } from 'playwright-core';
import { startChromium } from '../../test/browser/chromium.ts';
import { startSite } from '../../test/browser/site.ts';

const WIDE = { width: 1280, height: 1000 };
const NARROW = { width: 390, height: 844 };
/** A page as wide as a desk shows it, in a picture as wide as a README does. */
const REDUCED = { viewport: WIDE, deviceScaleFactor: 0.75 };

interface Picture extends BrowserContextOptions {
	name: string;
	path: string;
}

/** What README.md and docs/ show. */
const PICTURES: Picture[] = [
	{ name: 'edition', path: '/', ...REDUCED },
	{ name: 'edition-dark', path: '/2026-02-05', ...REDUCED, colorScheme: 'dark' },
	{ name: 'paper', path: '/papers/2602.03143', ...REDUCED },
	{ name: 'phone', path: '/', viewport: NARROW, hasTouch: true, isMobile: true }
];

/** Our pages, and the pages of the design that they follow. */
const COUNTERPARTS = [
	{ name: 'edition', path: '/', design: 'edition.html' },
	{ name: 'edition-empty', path: '/2026-01-20', design: 'edition-empty.html' },
	{ name: 'paper', path: '/papers/2407.13036', design: 'paper.html' },
	{ name: 'search', path: '/papers?q=mask', design: 'search.html' },
	{ name: 'status', path: '/status', design: 'status.html' }
];

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: { 'contact-sheet': { type: 'boolean', default: false } }
});
const [folder, designFolder] = positionals;
const [site, server] = await Promise.all([startSite({ papers: null }), startChromium()]);
try {
	const browser = await chromium.connect(server.wsEndpoint());
	if (!values['contact-sheet']) await makePictures(browser);
	else if (folder && designFolder) await makeContactSheets(browser, { folder, designFolder });
	else throw new Error('Say where to: bin/pictures --contact-sheet FOLDER DESIGN_FOLDER');
} finally {
	await Promise.all([site.stop(), server.close()]);
}

async function makePictures(browser: Browser) {
	for (const { name, path, ...options } of PICTURES) {
		const context = await browser.newContext(options);
		const page = await context.newPage();
		await page.goto(site.address + path);
		await page.screenshot({ path: join(import.meta.dirname, `${name}.png`) });
		await context.close();
	}
}

async function makeContactSheets(browser: Browser, folders: { folder: string; designFolder: string }) {
	mkdirSync(folders.folder, { recursive: true });
	for (const { name, path, design } of COUNTERPARTS)
		for (const viewport of [WIDE, NARROW])
			for (const colorScheme of ['light', 'dark'] as const) {
				const options = { viewport, colorScheme };
				const ours = await screenOf(browser, site.address + path, options);
				const theirs = await screenOf(browser, pathToFileURL(resolve(folders.designFolder, design)).href, options);
				const sheet = join(folders.folder, `${name}-${viewport.width}-${colorScheme}.png`);
				await setSideBySide(browser, { ours, theirs, width: viewport.width, sheet });
			}
}

async function screenOf(browser: Browser, address: string, options: BrowserContextOptions): Promise<string> {
	const context = await browser.newContext(options);
	const page = await context.newPage();
	await page.goto(address);
	await page.evaluate(() => document.fonts.ready.then(() => true));
	const picture = await page.screenshot({ fullPage: true });
	await context.close();
	return `data:image/png;base64,${picture.toString('base64')}`;
}

async function setSideBySide(
	browser: Browser,
	{ ours, theirs, width, sheet }: { ours: string; theirs: string; width: number; sheet: string }
) {
	const context = await browser.newContext({ viewport: { width: width * 2 + 24, height: 800 } });
	const page = await context.newPage();
	await page.setContent(
		`<body style="margin:0; display:flex; gap:24px; align-items:start; background:#888; font:16px sans-serif">
		<figure style="margin:0"><figcaption>Ours</figcaption><img src="${ours}"></figure>
		<figure style="margin:0"><figcaption>The design</figcaption><img src="${theirs}"></figure>`,
		{ waitUntil: 'load' }
	);
	await page.screenshot({ path: sheet, fullPage: true });
	await context.close();
}
