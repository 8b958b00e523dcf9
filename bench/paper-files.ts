import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './served.ts';

const folder = join(root, '../shared/data/papers');

/** The files of real papers that benchmarks take in, by name. They are not in the repository: where they lack, it says so and ends. */
export function paperFiles(): string[] {
	if (!existsSync(folder)) {
		console.error(`This benchmark imports 155,770 real papers from ${folder}, which is not here.`);
		process.exit(1);
	}
	const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz'));
	return names.toSorted().map((name) => join(folder, name));
}
