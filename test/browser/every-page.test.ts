import { expect, inject, test } from 'vitest';
import { KINDS_OF_PAGES } from './kinds-of-pages.ts';
import { asVisitor } from './visitor.ts';

const kinds = Object.entries(KINDS_OF_PAGES).map(([kind, path]) => ({ kind, path }));

/** The one enhancement that there is: completions, where one searches. */
const COMPLETIONS = /<script type="module" src="[./]*\/_app\/immutable\/assets\/complete\.[\w-]+\.js"><\/script>/;

test.for(kinds)(
	'$kind ships no JavaScript, but for completions of a search, and names no other host',
	async ({ path }) => {
		const sent = await (await fetch(inject('site') + path)).text();
		const isSearch = /^\/papers(\?|$)/.test(path);
		expect(COMPLETIONS.test(sent)).toBe(isSearch);
		const html = sent.replace(COMPLETIONS, '');
		expect(html).not.toMatch(/<script|\son\w+=|javascript:|modulepreload/i);
		const fetched = [...html.matchAll(/<(?:link|img|iframe|source)[^>]*(?:href|src)="([^"]*)"/g)].map(
			([, address]) => address!
		);
		const elsewhere = fetched.filter((address) => new URL(address, inject('site')).origin !== inject('site'));
		expect(elsewhere).toEqual([]);
	}
);

test.for(kinds)('$kind is sent with its security policy', async ({ path }) => {
	const { headers } = await fetch(inject('site') + path);
	const policy = headers.get('content-security-policy');
	for (const rule of ["default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"])
		expect(policy).toContain(rule);
	expect(policy).not.toMatch(/unsafe|\*|https?:|data:/);
	expect(headers.get('x-content-type-options')).toBe('nosniff');
	expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
	expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
});

test('every page loads in Chromium without a complaint, and nothing on it scrolls sideways at any width', async () => {
	await asVisitor({}, async (page) => {
		for (const { kind, path } of kinds) {
			await page.goto(path);
			await page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
			for (const width of [320, 390, 768, 1280, 1920]) {
				await page.setViewportSize({ width, height: 900 });
				const needed = await page.evaluate(() => document.documentElement.scrollWidth);
				expect.soft(needed, `${kind} at ${width}`).toBeLessThanOrEqual(width);
			}
		}
	});
});
