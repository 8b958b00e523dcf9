import { parseArgs } from 'node:util';

/**
 * `bin/bench NAME [--json]`: prints a table with ratios against a floor or a peer measured in the same run; --json prints one
 * flat object last. A benchmark that may be shortened names its numbers, and its parts: `bin/bench durability --rounds 5`.
 */
interface Benchmark {
	/** The numbers and words that a run may be given, and what they are if it is not. */
	options?: Record<string, number | string>;
	run: (options: { json: boolean } & Record<string, unknown>) => Promise<void>;
}

const BENCHMARKS: Record<string, () => Promise<unknown>> = {
	pages: () => import('./pages.ts'),
	import: () => import('./import.ts'),
	together: () => import('./together.ts'),
	durability: () => import('./durability.ts'),
	power: () => import('./power.ts'),
	database: () => import('./database.ts'),
	edge: () => import('./edge.ts'),
	soak: () => import('./soak.ts'),
	lighthouse: () => import('./lighthouse.ts'),
	proxies: () => import('./proxies.ts'),
	relevance: () => import('./relevance.ts'),
	search: () => import('./search.ts')
};

const [name = '', ...args] = process.argv.slice(2);
const load = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
if (!load) fail(`bin/bench NAME [--json], where NAME is one of ${Object.keys(BENCHMARKS).join(', ')}`);
const { options = {}, run } = (await load()) as Benchmark;
await run({ ...options, ...given() });

function given() {
	const named = Object.fromEntries(Object.keys(options).map((one) => [one, { type: 'string' as const }]));
	try {
		const { json, ...texts } = parseArgs({ args, options: { json: { type: 'boolean' }, ...named } }).values;
		return { json: json === true, ...Object.fromEntries(Object.entries(texts).map(valueOf)) };
	} catch (fault) {
		return fail((fault as Error).message);
	}
}

function valueOf([option, text]: [string, unknown]) {
	if (typeof options[option] === 'string') return [option, text] as const;
	if (!(Number(text) > 0)) fail(`--${option} is not a number above 0: ${JSON.stringify(text)}`);
	return [option, Number(text)] as const;
}

function fail(sentence: string): never {
	console.error(sentence);
	process.exit(1);
}
