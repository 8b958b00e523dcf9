import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arxivAbsUrl, doiUrl, keyAndVersion, kindOf, paperKeyOf, paperPath, pdfUrl, preprintDoi } from './paper-key.ts';

// The check constraint of paper.key in db/migrations/0001_papers.sql.
const stored = (key: string) =>
	/^[0-9]{4}\.[0-9]{4,5}$/.test(key) ||
	/^[a-z-]+(\.[A-Z]{2})?\/[0-9]{7}$/.test(key) ||
	/^10\.(1101|64898)\/[^\s/]+$/.test(key);

test.each([
	['2401.12345', '2401.12345', null],
	['  2401.12345v2 ', '2401.12345', 2],
	['arXiv:2401.12345v2', '2401.12345', 2],
	['arxiv: 2401.12345', '2401.12345', null],
	['arXiv 2401.12345', '2401.12345', null],
	['arXiv:0706.0001v1 [q-bio.CB] 1 Jun 2007', '0706.0001', 1],
	['arXiv:math/9901001v1 [math.GT] 1 Jan 1999', 'math/9901001', 1],
	['cs/0112017', 'cs/0112017', null],
	['cs%2F0112017', 'cs/0112017', null],
	['math.GT/0309136', 'math/0309136', null],
	['2401.12345v1.pdf', '2401.12345', 1],
	['(arXiv:2401.12345).', '2401.12345', null],
	['https://arxiv.org/abs/2401.12345v3', '2401.12345', 3],
	['http://www.arxiv.org/abs/2401.12345?context=cs', '2401.12345', null],
	['arxiv.org/abs/hep-th/9901001v2', 'hep-th/9901001', 2],
	['https://arxiv.org/pdf/2401.12345v3.pdf', '2401.12345', 3],
	['https://arxiv.org/pdf/2401.12345#page=3', '2401.12345', null],
	['https://arxiv.org/pdf/math.GT/0309136.pdf', 'math/0309136', null],
	['https://arxiv.org/html/2401.12345v1/', '2401.12345', 1],
	['http://export.arxiv.org/abs/1605.08386v1', '1605.08386', 1],
	['https://ar5iv.labs.arxiv.org/html/2401.12345', '2401.12345', null],
	['https://www.alphaxiv.org/overview/2401.12345v2', '2401.12345', 2],
	['https://huggingface.co/papers/2401.12345', '2401.12345', null],
	['hf.co/papers/2401.12345.md', '2401.12345', null],
	['<https://arxiv.org/abs/2401.12345>', '2401.12345', null],
	['oai:arXiv.org:2401.00001', '2401.00001', null],
	['oai:arXiv.org:hep-th/9901001', 'hep-th/9901001', null],
	['10.48550/arXiv.2401.12345', '2401.12345', null],
	['doi:10.48550/ARXIV.2401.12345', '2401.12345', null],
	['https://doi.org/10.48550/arXiv.hep-th/9901001', 'hep-th/9901001', null],
	['10.1101/2020.01.01.123456', '10.1101/2020.01.01.123456', null],
	['https://doi.org/10.1101/2020.01.01.123456', '10.1101/2020.01.01.123456', null],
	['https://dx.doi.org/10.1101%2F2020.01.01.123456', '10.1101/2020.01.01.123456', null],
	['10.1101/001891', '10.1101/001891', null],
	['10.1101/2020.03.01.20029769v2', '10.1101/2020.03.01.20029769', 2],
	['10.64898/2025.12.05.692345', '10.64898/2025.12.05.692345', null],
	['https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf+html', '10.1101/2020.01.01.123456', 2],
	['https://www.biorxiv.org/content/10.1101/339747v1', '10.1101/339747', 1],
	['https://www.biorxiv.org/content/10.1101/2020.01.01.123456.full', '10.1101/2020.01.01.123456', null],
	['https://www.medrxiv.org/content/10.64898/2026.01.02.25343210v1', '10.64898/2026.01.02.25343210', 1],
	['/papers/2401.12345', null, null],
	['https://arxiv.org/list/cs.CV/recent', null, null],
	['https://arxiv.org.example.com/abs/2401.12345', null, null],
	['https://arxiv.org@example.com/abs/2401.12345', null, null],
	['https://example.com/abs/2401.12345', null, null],
	['10.1101/gr.123456.111', null, null],
	['10.1101/2020.13.01.123456', null, null],
	['10.1038/nature14539', null, null],
	['10.48550/arXiv.2413.12345', null, null],
	['2401.12345 2401.12346', null, null],
	['2401.12345\u0000', null, null],
	['attention is all you need', null, null],
	['', null, null]
])('%j names %s, version %s', (text, key, version) => {
	expect(keyAndVersion(text)).toEqual(key && { key, version });
	expect(paperKeyOf(text)).toBe(key);
});

test('a key is its own key, is what the database takes, and survives its addresses', () => {
	fc.assert(
		fc.property(key(), fc.option(fc.integer({ min: 1, max: 9999 })), (key, version) => {
			expect(stored(key)).toBe(true);
			expect(paperKeyOf(key)).toBe(key);
			const path = paperPath(key, version);
			expect(keyAndVersion(path.replace('/papers/', ''))).toEqual({ key, version });
			expect(paperKeyOf(doiUrl(key))).toBe(key);
			const arxiv = kindOf(key) === 'arxiv';
			for (const url of [arxivAbsUrl(key, version), pdfUrl(key, version)])
				expect(url && keyAndVersion(url)).toEqual(arxiv ? { key, version } : null);
		})
	);
});

test('whatever is written, what comes out is a key that the database takes', () => {
	const piece = fc.oneof(
		key(),
		fc.string({ unit: 'binary' }),
		fc.constantFrom('https://arxiv.org/abs/', 'doi:', 'v2', '.pdf', ' [cs.CV]', '/', '.', '10.1101/', 'arXiv:', '2401.')
	);
	fc.assert(
		fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
			const found = paperKeyOf(pieces.join(''));
			if (found === null) return;
			expect(stored(found)).toBe(true);
			expect(paperKeyOf(found)).toBe(found);
		}),
		{ numRuns: 2000 }
	);
});

test('a long hostile text is nothing, at once', () => {
	const began = performance.now();
	for (const text of [' [', '/', '%2f', '10.1101/', '(', 'a-', '.]'])
		for (const length of [399, 400, 401, 5_000_000])
			expect(paperKeyOf(text.repeat(length).slice(0, length) + '!')).toBeNull();
	expect(performance.now() - began).toBeLessThan(500);
});

test('a paper is linked where it is published', () => {
	expect(paperPath('cs/0112017', 2)).toBe('/papers/cs/0112017v2');
	expect(arxivAbsUrl('2401.12345', 3)).toBe('https://arxiv.org/abs/2401.12345v3');
	expect(pdfUrl('cs/0112017')).toBe('https://arxiv.org/pdf/cs/0112017');
	expect(preprintDoi('2401.12345')).toBe('10.48550/arXiv.2401.12345');
	expect(doiUrl('10.1101/2020.01.01.123456')).toBe('https://doi.org/10.1101/2020.01.01.123456');
	expect(arxivAbsUrl('10.1101/2020.01.01.123456')).toBeNull();
});

function key() {
	const digits = (length: number) => fc.stringMatching(new RegExp(`^[0-9]{${length - 1}}[1-9]$`));
	const month = fc.integer({ min: 1, max: 12 }).map((m) => String(m).padStart(2, '0'));
	const year = (min: number, max: number) => fc.integer({ min, max }).map((y) => String(y).padStart(2, '0'));
	return fc.oneof(
		fc.tuple(year(8, 14), month, digits(4)).map(([y, m, n]) => `${y}${m}.${n}`),
		fc.tuple(year(15, 99), month, digits(5)).map(([y, m, n]) => `${y}${m}.${n}`),
		fc
			.tuple(fc.constantFrom('cs', 'math', 'hep-th', 'cmp-lg', 'chao-dyn'), year(92, 99), month, digits(3))
			.map(([a, y, m, n]) => `${a}/${y}${m}${n}`),
		fc.tuple(fc.constantFrom('10.1101', '10.64898'), month, digits(6)).map(([p, m, n]) => `${p}/2025.${m}.28.${n}`)
	);
}
