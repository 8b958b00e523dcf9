import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { makeRecord } from '#server/papers/make.ts';
import type { ReadEntry } from './entry.ts';
import { firstSeen } from './first-seen.ts';

const record = makeRecord();
const paper = (line: number, key: string, title = 'A title'): ReadEntry => ({
	kind: 'paper',
	line: { number: line, bytes: Buffer.alloc(0), fault: null },
	record: { ...record, key, title }
});

test('what a file says twice is found, whether it says the same and on which line it stood', () => {
	const earlierIn = firstSeen();
	// Enough for the table to grow several times.
	for (let line = 1; line <= 5_000; line += 1) expect(earlierIn(paper(line, `paper ${line}`))).toBeNull();
	for (let line = 1; line <= 5_000; line += 7) {
		expect(earlierIn(paper(6_000, `paper ${line}`))).toEqual({ line, isSame: true });
		expect(earlierIn(paper(6_001, `paper ${line}`, 'Another'))).toEqual({ line, isSame: false });
	}
});

test('it keeps at most 64 bytes a record, so that a file of three million is no burden', () => {
	setFlagsFromString('--expose-gc');
	const collect = runInNewContext('gc') as () => void;
	const used = () => {
		// The second time, what the first has found is given back.
		for (let round = 0; round < 2; round += 1) collect();
		const { heapUsed, external } = process.memoryUsage();
		return heapUsed + external;
	};
	const records = 100_000;
	const before = used();
	const earlierIn = firstSeen();
	for (let line = 1; line <= records; line += 1) earlierIn(paper(line, `paper ${line}`));
	expect((used() - before) / records).toBeLessThan(64);
	expect(earlierIn(paper(1, 'paper 1'))).toEqual({ line: 1, isSame: true });
});
