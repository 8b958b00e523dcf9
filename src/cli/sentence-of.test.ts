import { expect, test } from 'vitest';
import { Refused } from '#server/refused.ts';
import { restoredText } from './restore.ts';
import { sentenceOf } from './sentence-of.ts';

const signs = '\u001b]0;owned\u0007\u009b2J';
const written = '\\u001b]0;owned\\u0007\\u009b2J';

test.each([
	['a refusal', new Refused('invalid', `No ${signs}.`)],
	['a defect', new Error(`No ${signs}.`)],
	['what is no error', `No ${signs}.`]
])('%s is printed without signs for the terminal', (_what, fault) => {
	expect(sentenceOf(fault)).toContain(`No ${written}.`);
});

test('a defect keeps its stack, line by line', () => {
	expect(sentenceOf(new Error(`No ${signs}.`))).toMatch(/^Error: No [^\n]*\n {4}at /);
});

test('what a backup says of itself is printed without signs for the terminal', () => {
	const counts = { rows: 1, tables: 1, jobs: 0, partsBefore: 0, applied: [] };
	const restored = { ...counts, already: false, madeAt: signs, version: signs };
	expect(restoredText(restored, 1)).toContain(`They are of ${written} UTC, by Broadsheet ${written}.`);
	expect(restoredText(restored, 1)).toContain('1 row of 1 table and 0 pending jobs are');
	expect(restoredText({ ...restored, already: true }, 1)).toContain(
		`It is of ${written} UTC, by Broadsheet ${written};`
	);
});
