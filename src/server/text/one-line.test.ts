import fc from 'fast-check';
import { expect, test } from 'vitest';
import { oneLine } from './one-line.ts';

test.each([
	['  two\r\n lines ', 'two lines'],
	['a\u2028b\u2029c\u0085d\u00a0e\tf', 'a b c d e f'],
	['a\u0000b\u001b[31mc\u007f', 'ab[31mc'],
	['a\u0000 \u0000 b', 'a b'],
	['gnp\u202e.exe', 'gnp.exe'],
	['half \ud800 a pair', 'half a pair'],
	['e\u0301', 'é'],
	['👩\u200d💻', '👩\u200d💻']
])('%j is %j on one line', (text, line) => {
	expect(oneLine(text)).toBe(line);
});

test('a line stays as it is', () => {
	fc.assert(
		fc.property(fc.string({ unit: 'binary' }), (text) => {
			const line = oneLine(text);
			expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029]| {2}|^ | $/u);
			expect(oneLine(line)).toBe(line);
		}),
		{ numRuns: 2000 }
	);
});
