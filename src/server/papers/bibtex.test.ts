import fc from 'fast-check';
import { expect, test } from 'vitest';
import { distinct } from './bibtex-key.ts';
import { bibtexOf, bibtexOfAll } from './bibtex.ts';
import type { CitedPaper } from './cited-paper.ts';

const paper: CitedPaper = {
	key: '2407.13036',
	title: 'ColorMAE: Exploring data-independent masking strategies in Masked AutoEncoders',
	authors: [
		'Carlos Hinojosa',
		'Shuming Liu',
		'Aäron van den Oord',
		'the LIGO and Virgo Collaboration',
		'John Smith Jr.'
	],
	author_count: null,
	published: '2024-07-17',
	version: 1,
	primary_category: 'cs.CV',
	categories: ['cs.CV'],
	doi: null,
	journal_ref: null,
	abstract: 'Masked.',
	url: 'https://arxiv.org/abs/2407.13036'
};

test('a preprint is cited as arXiv cites itself', () => {
	expect(bibtexOf(paper)).toBe(`@misc{hinojosa2024colormae,
  title = {{ColorMAE}: Exploring data-independent masking strategies in {Masked} {AutoEncoders}},
  author = {Hinojosa, Carlos and Liu, Shuming and van den Oord, A{\\"{a}}ron and {the LIGO and Virgo Collaboration} and Smith, Jr., John},
  year = {2024},
  month = jul,
  eprint = {2407.13036},
  archivePrefix = {arXiv},
  primaryClass = {cs.CV},
  doi = {10.48550/arXiv.2407.13036},
  url = {https://arxiv.org/abs/2407.13036}
}
`);
});

test('what appeared in a journal is an article of that year', () => {
	const published = { ...paper, journal_ref: 'Phys. Rev. B 51, 15478 (2025)', doi: '10.1103/PhysRevB.51.15478' };
	expect(bibtexOf(published)).toMatch(
		/^@article\{.*\n {2}journal = \{Phys\. Rev\. B 51, 15478 \(2025\)\},\n {2}year = \{2025\},\n {2}eprint.*doi = \{10\.1103\//s
	);
});

test('authors who are not named are others', () => {
	expect(bibtexOf({ ...paper, authors: ['Carlos Hinojosa', ':'], author_count: 3 })).toContain(
		'author = {Hinojosa, Carlos and others},'
	);
	expect(bibtexOf({ ...paper, authors: ['Carlos Hinojosa', ':'], author_count: 2 })).toContain(
		'author = {Hinojosa, Carlos},'
	);
});

test('what is not known is left out', () => {
	const bare = { ...paper, key: '10.1101/339747', authors: [], published: null, primary_category: null };
	expect(bibtexOf(bare)).toMatch(
		/^@misc\{papercolormae,\n {2}title = \{.*\},\n {2}doi = \{10\.1101\/339747\},\n {2}url = /
	);
});

test.each([
	['Attention Is All You Need', 'Attention Is All You Need'],
	['Data-Independent Masking for BERT in 3D', 'Data-Independent Masking for {BERT} in {3D}'],
	['On K-theory and the Gaussian free field of a graph', 'On {K-theory} and the {Gaussian} free field of a graph'],
	[
		'What is new? Everything that changed in Python since then',
		'What is new? Everything that changed in {Python} since then'
	],
	['Estimates in L² for 10⁻³ $x$', 'Estimates in {L{$^{2}$}} for 10{$^{-3}$} {\\textdollar}x{\\textdollar}']
])('the title %s keeps its capitals', (title, written) => {
	expect(bibtexOf({ ...paper, title })).toContain(`title = {${written}},`);
});

test.each([
	[{ title: 'The Anatomy of a Search Engine' }, 'hinojosa2024anatomy'],
	[{ authors: ['Łukasz Großmann'], title: '∂-masks in Rényi' }, 'grossmann2024masks'],
	[{ authors: ['Euclid Collaboration'] }, 'euclidcollaboration2024colormae'],
	[{ authors: ['王小明'], title: '掩码' }, 'paper2024'],
	[{ published: null, key: 'hep-th/9901001' }, 'hinojosa1999colormae']
])('%o has the key %s', (difference, key) => {
	expect(bibtexOf({ ...paper, ...difference })).toContain(`{${key},\n`);
});

test('keys of a list are distinct, whatever they were', () => {
	expect(distinct(['a', 'a', 'ab', 'a', 'b'])).toEqual(['a', 'ac', 'ab', 'ad', 'b']);
	expect(distinct(Array(28).fill('x')).slice(24)).toEqual(['xy', 'xz', 'xaa', 'xab']);
	fc.assert(
		fc.property(fc.array(fc.stringMatching(/^[ab]{1,3}$/)), (keys) => {
			const own = distinct(keys);
			expect(new Set(own).size).toBe(keys.length);
			own.forEach((key, index) => expect(key.startsWith(keys[index]!)).toBe(true));
		})
	);
});

test('hostile papers stay in their fields', () => {
	const text = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.constantFrom(
			'}',
			'{',
			'\\input{x}',
			'\\write18{id}',
			'\n@misc{x,',
			'"',
			' and ',
			',',
			'others',
			'%',
			'@string{a="b"}'
		)
	);
	const texts = fc.array(text, { maxLength: 4 }).map((parts) => parts.join(''));
	const hostile = fc.record({
		title: texts,
		authors: fc.array(texts),
		primary_category: texts,
		journal_ref: texts,
		doi: texts
	});
	fc.assert(
		fc.property(fc.array(hostile, { minLength: 1, maxLength: 3 }), (differences) => {
			const written = bibtexOfAll(differences.map((difference) => ({ ...paper, ...difference })));
			const lines = written.split('\n');
			for (const line of lines.filter(Boolean))
				expect(line).toMatch(
					/^(?:@(?:misc|article)\{[a-z0-9]+,|\}| {2}(?:title|author|journal|year|month|eprint|archivePrefix|primaryClass|doi|url) = .*)$/
				);
			expect(lines.filter((line) => line.startsWith('@'))).toHaveLength(differences.length);
			for (const value of lines.filter((line) => line.startsWith('  ')))
				expect(depths(value)).toEqual({ least: 0, last: 0 });
			expect(written).not.toMatch(/\\(?:write|input|include|openin|openout|catcode|def|immediate)/);
		})
	);
});

function depths(text: string) {
	let [last, least] = [0, 0];
	for (const character of text) {
		last += character === '{' ? 1 : character === '}' ? -1 : 0;
		least = Math.min(least, last);
	}
	return { least, last };
}
