import adapter from '@sveltejs/adapter-node';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';

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
		include: ["src/**/*.test.ts", "test/*.test.ts"],
		pool: 'threads',
		isolate: false,
		maxWorkers: 2,
		reporters: ['dot', './test/closing.ts'],
		testTimeout: 20_000,
		hookTimeout: 60_000
	}
});
