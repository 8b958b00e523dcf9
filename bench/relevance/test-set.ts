import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from '../served.ts';

const folder = join(root, '../shared/data/ir');

/** Documents, questions, and which document answers which question how well. */
export interface TestSet {
	documents: TestDocument[];
	questions: { id: string; text: string }[];
	/** Of a question: the relevance of each document that was judged. */
	judged: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

export interface TestDocument {
	id: string;
	title: string;
	text: string;
}

/** Of `scifact-train` each second question was tuned on (docs/decisions/0014); of `scifact` none was. */
export const TEST_SETS = ['scifact', 'cranfield', 'scifact-train'] as const;
export type TestSetName = (typeof TEST_SETS)[number];

/** The test sets are not in the repository. */
export const testSetsAreHere = existsSync(folder);

export function testSet(name: TestSetName): TestSet {
	const [set, part] = name.split('-');
	const suffix = part ? `-${part}` : '';
	const judged = judgementsIn(textOf(`${set}/qrels${suffix}.tsv`));
	return {
		documents: linesIn<TestDocument>(gunzipSync(readFileSync(join(folder, `${set}/docs.jsonl.gz`))).toString()),
		questions: linesIn<{ id: string; text: string }>(textOf(`${set}/queries${suffix}.jsonl`)).filter(({ id }) =>
			judged.has(id)
		),
		judged
	};
}

function judgementsIn(text: string) {
	const judged = new Map<string, Map<string, number>>();
	for (const line of text.trim().split('\n').slice(1)) {
		const [question, document, relevance] = line.split('\t') as [string, string, string];
		if (Number(relevance) <= 0) continue;
		judged.set(question, (judged.get(question) ?? new Map<string, number>()).set(document, Number(relevance)));
	}
	return judged;
}

const textOf = (file: string) => readFileSync(join(folder, file), 'utf8');

export function linesIn<T>(text: string): T[] {
	return text
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as T);
}
