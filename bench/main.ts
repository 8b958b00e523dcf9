/** `bin/bench NAME [--json]`: prints a table with ratios against a floor measured in the same run; --json prints one flat object last. */
interface Benchmark {
	run(options: { json: boolean }): Promise<void>;
}

const BENCHMARKS: Record<string, () => Promise<Benchmark>> = {
	pages: () => import('./pages.ts'),
	import: () => import('./import.ts'),
	together: () => import('./together.ts')
};

const [name = '', ...options] = process.argv.slice(2);
const load = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (!load) {
	console.error(`bin/bench NAME [--json], where NAME is one of ${Object.keys(BENCHMARKS).join(', ')}`);
	process.exit(1);
}
await (await load()).run({ json: options.includes('--json') });
