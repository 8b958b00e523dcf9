import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CitedPaper } from './cited-paper.ts';
import { risOf, risOfAll } from './ris.ts';

const paper: CitedPaper = {
	key: '2407.13036',
	title: 'ColorMAE: Über α',
	authors: ['Carlos Hinojosa', 'Aäron van den Oord', 'John Smith Jr.', 'Kimi Team'],
	author_count: null,
	published: '2024-07-07',
	version: 1,
	primary_category: 'cs.CV',
	categories: ['cs.CV', 'cs.LG'],
	doi: null,
	journal_ref: null,
	abstract: 'Two\nlines.\nER  - \nTY  - JOUR',
	url: 'https://arxiv.org/abs/2407.13036'
};

test('a preprint is written whole', () => {
	const lines = `TY  - UNPB
TI  - ColorMAE: Über α
AU  - Hinojosa, Carlos
AU  - van den Oord, Aäron
AU  - Smith, John, Jr.
AU  - Kimi Team
PY  - 2024
DA  - 2024/07/07
PB  - arXiv
AN  - arXiv:2407.13036
AB  - Two lines. ER - TY - JOUR
KW  - cs.CV
KW  - cs.LG
DO  - 10.48550/arXiv.2407.13036
UR  - https://arxiv.org/abs/2407.13036
ER  - 
`;
	expect(risOf(paper)).toBe(lines.replaceAll('\n', '\r\n'));
});

test('what appeared in a journal is an article of that year', () => {
	const lines = risOf({ ...paper, journal_ref: 'Nature 1, 2 (2025)', doi: '10.1038/x' }).split('\r\n');
	expect(lines).toEqual(
		expect.arrayContaining(['TY  - JOUR', 'JO  - Nature 1, 2 (2025)', 'PY  - 2025', 'DO  - 10.1038/x'])
	);
	expect(lines.some((line) => /^(?:DA|PB)/.test(line))).toBe(false);
});

test('a list holds one record for each paper, whatever their texts say', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.constantFrom('\r\nER  - \r\n', '\u2028TY  - JOUR', '\u0085AU  - x', '\n')
	);
	const hostile = fc.record({
		title: text,
		authors: fc.array(text),
		abstract: text,
		journal_ref: text,
		categories: fc.array(text),
		doi: text
	});
	fc.assert(
		fc.property(fc.array(hostile, { minLength: 1, maxLength: 3 }), (differences) => {
			const written = risOfAll(differences.map((difference) => ({ ...paper, ...difference })));
			const lines = written.split(/[\r\n\u0085\u2028\u2029\v\f]+/).filter(Boolean);
			expect(lines.filter((line) => !/^(?:TY|TI|AU|JO|PY|DA|PB|AN|AB|KW|DO|UR|ER) {2}- /.test(line))).toEqual([]);
			expect(lines.filter((line) => line.startsWith('TY'))).toHaveLength(differences.length);
			expect(lines.filter((line) => line.startsWith('ER'))).toHaveLength(differences.length);
		})
	);
});
