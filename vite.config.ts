import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

/** Given to a test, or to a file by `// @module-tag embedded` in its first line. */
const tags = [{ name: 'embedded', description: 'Needs the embedded database, and is skipped by bin/test --postgres.' }];
/** A thread runs many files, and what they share is started once. */
const shared = { pool: 'threads' as const, isolate: false, hookTimeout: 60_000, tags };

export default defineConfig({
	// One process holds one copy of the product: the built web imports `#server/…` from source (docs/decisions/0001).
	environments: { ssr: { build: { rolldownOptions: { external: [/^#server\//] } } } },
	plugins: [
		sveltekit({
			adapter: adapter({ out: 'build' }),
			csp: {
				mode: 'hash',
				directives: {
					'default-src': ['self'],
					'script-src': ['self'],
					'style-src': ['self'],
					'object-src': ['none'],
					'base-uri': ['none'],
					'form-action': ['self'],
					'frame-ancestors': ['none']
				}
			}
		})
	],
	test: {
		maxWorkers: 2,
		reporters: ['dot', './test/closing.ts'],
		projects: [
			{
				extends: true,
				test: {
					...shared,
					name: 'rules',
					include: ['src/**/*.test.ts', 'test/*.test.ts', 'test/{postgres,upgrades}/*.test.ts'],
					globalSetup: 'test/postgres/shared.ts',
					testTimeout: 20_000
				}
			},
			// The built site in Chromium: no source is compiled for it, so it needs no plugin.
			{
				test: {
					...shared,
					name: 'browser',
					include: ['test/browser/*.test.ts'],
					globalSetup: ['test/postgres/shared.ts', 'test/browser/shared.ts'],
					testTimeout: 60_000
				}
			}
		]
	}
});
