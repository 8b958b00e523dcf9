import { baselinePart, knownPart, type Part, seedPart, testSetPart } from './relevance/parts.ts';
import { TEST_SETS, type TestSetName, testSetsAreHere } from './relevance/test-set.ts';

/**
 * `peer`: FTS5 is slow over 150,000 papers, so it is asked for the first of the known items only. `kept`: the data folder with all
 * papers that the known items are looked for in, made if it is not there and left behind; without, one that goes.
 */
export const options = { only: 'scifact,cranfield,seed,known', known: 500, peer: 60, kept: '' };

type Given = typeof options;

/**
 * How well the search finds, through searchPapers itself with nothing set otherwise. Beside it, in the same run and on the same texts,
 * a textbook BM25 (test sets) and SQLite's FTS5 (seed task, known items). These are computations and not timings: the same each time.
 * Beside the four parts, `--only scifact-train` asks the questions of which each second was tuned on, and `baseline` writes what CI compares with.
 */
export async function run({ json, ...given }: Given & { json: boolean }) {
	const figures: Record<string, number> = {};
	for (const name of given.only.split(',')) {
		const part = await measured(name, given);
		if (part.rows.length > 0) console.table(part.rows.map(fourDigits));
		Object.assign(figures, part.figures);
	}
	const result = fourDigits(figures);
	console.table(result);
	if (json) console.log(JSON.stringify(result));
}

function measured(name: string, given: Given): Promise<Part> {
	if (name === 'seed') return seedPart();
	if (name === 'known') return knownPart(given);
	if (!testSetsAreHere)
		throw new Error('The test sets lie in ../shared/data/ir beside the checkout, which is not here.');
	if (name === 'baseline') return baselinePart();
	if (TEST_SETS.includes(name as TestSetName)) return testSetPart(name as TestSetName);
	throw new Error(`--only has no part ${JSON.stringify(name)}`);
}

function fourDigits<Row extends object>(row: Row): Row {
	const entries = Object.entries(row).map(([name, value]) => [
		name,
		typeof value === 'number' ? Math.round(value * 10_000) / 10_000 : (value as unknown)
	]);
	return Object.fromEntries(entries) as Row;
}
