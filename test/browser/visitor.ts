import { chromium, type Browser, type BrowserContextOptions, type Page, type Request } from 'playwright-core';
import { expect, inject, test } from 'vitest';

/** Vitest may evaluate this module once a file while the worker stays, so the connection hangs on the worker. */
const kept = globalThis as { broadsheetChromium?: Promise<Browser> };

/** Opens a page as a visitor of its own, hands it to `visit`, and refuses what no page of ours may do meanwhile. */
export async function asVisitor(options: BrowserContextOptions, visit: (page: Page) => Promise<void>) {
	const browser = await (kept.broadsheetChromium ??= chromium.connect(inject('chromium')));
	const context = await browser.newContext({ baseURL: inject('site'), reducedMotion: 'reduce', ...options });
	context.setDefaultTimeout(10_000);
	try {
		const page = await context.newPage();
		const faults = faultsOn(page);
		await visit(page);
		expect(faults).toEqual([]);
	} finally {
		await context.close();
	}
}

/** A journey through the product, once with JavaScript and once without. */
export function journey(name: string, walk: (page: Page) => Promise<void>) {
	test(`${name}, with JavaScript`, () => asVisitor({ javaScriptEnabled: true }, walk));
	test(`${name}, without JavaScript`, () => asVisitor({ javaScriptEnabled: false }, walk));
}

/** Follows a link by its words, and waits for the page behind it. */
export async function follow(page: Page, words: string | RegExp, { within = 'body' } = {}) {
	const link = page
		.locator(within)
		.getByRole('link', { name: words, exact: typeof words === 'string' })
		.first();
	await Promise.all([page.waitForEvent('load'), link.click()]);
}

export const pathOf = (page: Page) => page.url().slice(inject('site').length);

/** Requests to another host, files that are missing, and what the console complains of: broken rules of the CSP too. */
function faultsOn(page: Page) {
	const faults: string[] = [];
	const isPage = (request: Request) => request.isNavigationRequest();
	page.on('request', (request) => {
		if (!request.url().startsWith(inject('site'))) faults.push(`asked ${request.url()}`);
	});
	page.on('response', (response) => {
		if (response.status() >= 400 && !isPage(response.request())) faults.push(`${response.status()} ${response.url()}`);
	});
	page.on('console', (message) => {
		const isStatus = message.text().startsWith('Failed to load resource');
		if (['error', 'warning'].includes(message.type()) && !isStatus) faults.push(message.text());
	});
	page.on('pageerror', (error) => faults.push(error.message));
	return faults;
}
