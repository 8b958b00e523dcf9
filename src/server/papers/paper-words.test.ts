import { expect, test } from 'vitest';
import { attributesOf, lexemesOfAttributes, licenceCode } from './paper-attributes.ts';
import { type Findable, paperWordsOf, sectionsOf } from './paper-words.ts';

const paper: Findable = {
	title: 'Masked β-VAEs',
	abstract: 'We mask patches of images: MaskNet masks them.',
	authors: ['Kaiming He', 'Jean-Luc Balázs'],
	day: '2024-01-03',
	published: '2023-12-30',
	announced: '2024-01-03',
	categories: ['cs.CV', 'hep-th'],
	organisation: 'FAIR',
	hasCode: true,
	hasProject: false,
	licence: 'http://creativecommons.org/licenses/by-nc-sa/4.0/',
	version: 2
};

test('the row of a paper: its words in sections, and a set of what finds it', () => {
	const { words, lexemes, attributes, ...rest } = paperWordsOf(paper);
	expect(rest).toEqual({ analyser: expect.any(Number), day: '2024-01-03' });
	expect(words).toBe(
		' masked beta vaes | we mask patches of images masknet masks them | betavaes | mask net | kaiming he jean luc balazs '
	);
	expect(attributes).toEqual(['c:cs.CV', 'c:hep-th', 'has:code', 'l:cc-by-nc-sa', 'o:FAIR', 'v:2', 'y:2023']);
	expect(lexemes.join(' ')).toBe(
		'mask beta betava vae patch imag masknet net them' +
			' t:mask t:beta t:betava t:vae n:beta n:betava n:vae' +
			' a:kaiming i:k a:he i:h a:jean i:j a:jeanluc a:luc i:l a:balazs i:b' +
			' c:cs.cv c:cs c:hep-th has:code l:cc-by-nc-sa o:fair v:2 y:2023'
	);
});

test('a word that the title has and the abstract has not is told from one that both have', () => {
	const { lexemes } = paperWordsOf({ ...paper, title: 'Masks and tokens', abstract: 'A mask.' });
	expect(lexemes).toEqual(expect.arrayContaining(['mask', 't:mask', 'token', 't:token', 'n:token']));
	expect(lexemes).not.toContain('n:mask');
	expect(lexemes).not.toContain('and');
});

test.for<[Findable, ReturnType<typeof sectionsOf>]>([
	[
		{ ...paper, title: 'Deep nets', abstract: '', authors: [] },
		{ title: ['deep', 'nets'], abstract: [], titleCompounds: [], abstractCompounds: [], authors: [] }
	],
	[
		{ ...paper, title: '∎', abstract: 'One | two', authors: ['Ann Lee'] },
		{ title: [], abstract: ['one', 'two'], titleCompounds: [], abstractCompounds: [], authors: ['ann', 'lee'] }
	]
])('sections are read as they were written, the empty ones too', ([given, sections]) => {
	const { words } = paperWordsOf(given);
	expect(words).toMatch(/^ (\S+ )+$/);
	expect(sectionsOf(words)).toEqual(sections);
});

test('attributes say what is known and nothing of what is not', () => {
	const bare = {
		published: null,
		announced: null,
		categories: [],
		organisation: null,
		hasCode: false,
		hasProject: false
	};
	expect(attributesOf({ ...bare, licence: null, version: 1 })).toEqual(['y:none']);
	expect(attributesOf({ ...bare, announced: '2024-01-03', licence: null, version: null })).toEqual(['y:2024']);
	expect(lexemesOfAttributes(['c:cond-mat.Soft', 'o:FAIR', 'y:2024'])).toEqual([
		'c:cond-mat.soft',
		'c:cond-mat',
		'o:fair',
		'y:2024'
	]);
});

test.for([
	['http://creativecommons.org/licenses/by/4.0/', 'cc-by'],
	['https://creativecommons.org/licenses/by-sa/3.0/', 'cc-by-sa'],
	['http://creativecommons.org/licenses/by-nc-nd/4.0/', 'cc-by-nc-nd'],
	['http://creativecommons.org/licenses/by-nc/4.0/', 'cc-by-nc'],
	['http://creativecommons.org/publicdomain/zero/1.0/', 'cc0'],
	['http://arxiv.org/licenses/nonexclusive-distrib/1.0/', 'arxiv'],
	['http://creativecommons.org/licenses/publicdomain/', 'other'],
	['https://example.org/licence', 'other']
])('the licence %s is asked for as %s', ([address, code]) => {
	expect(licenceCode(address!)).toBe(code);
});
