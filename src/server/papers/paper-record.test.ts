import { expect, test } from 'vitest';
import { fromArxivMetadata } from './arxiv-metadata.ts';
import { digestOf, paperRecordOf } from './paper-record.ts';

const whole = { id: '2603.06640', title: 'A title', abstract: 'An abstract.' };

test('a paper with all that a source may say is read whole', () => {
	const record = {
		...whole,
		id: 'arXiv:2603.06640v2',
		title: ' On $\\alpha$-\n  stable laws ',
		abstract: '  We prove\r\nit. ',
		authors: ["C. Bal\\'azs", ' ', 'E. L.  Berger'],
		author_count: 5,
		primary_category: 'cs.CV',
		categories: ['cs.LG', 'cs.CV'],
		published: '2026-03-01T12:30:00Z',
		updated: '2026-03-09',
		announced: '2026-03-03',
		comment: '12 pages',
		journal_ref: 'Phys. Rev. D 76',
		doi: 'doi:10.1103/PhysRevD.76.052005',
		license: 'http://creativecommons.org/licenses/by/4.0/',
		organization: { handle: 'nvidia', name: 'NVIDIA' },
		code: 'https://github.com/a/b',
		project: ' https://a.github.io/b ',
		withdrawn: false,
		source: 'listing',
		unheard_of: true
	};
	expect(paperRecordOf(record)).toEqual({
		key: '2603.06640',
		title: 'On $\\alpha$- stable laws',
		abstract: 'We prove\nit.',
		authors: ["C. Bal\\'azs", 'E. L. Berger'],
		authorCount: 5,
		categories: ['cs.CV', 'cs.LG'],
		published: '2026-03-01',
		updated: '2026-03-09',
		announced: '2026-03-03',
		version: 2,
		submitted: ['2026-03-01T12:30:00.000Z', null],
		comment: '12 pages',
		journalRef: 'Phys. Rev. D 76',
		doi: '10.1103/PhysRevD.76.052005',
		licence: 'http://creativecommons.org/licenses/by/4.0/',
		organisation: { handle: 'nvidia', name: 'NVIDIA' },
		code: 'https://github.com/a/b',
		project: 'https://a.github.io/b',
		withdrawn: false,
		source: 'listing'
	});
});

test('what a source does not say is not known', () => {
	expect(paperRecordOf({ ...whole, comment: null, doi: ' ' })).toMatchObject({
		authors: [],
		categories: [],
		published: null,
		version: null,
		submitted: [],
		comment: null,
		doi: null,
		withdrawn: null
	});
});

/** Deeper than the stack. */
const deep = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));

test.each<[Record<string, unknown>, string | RegExp]>([
	[{ id: undefined }, 'id is missing'],
	[{ id: 17 }, 'id is not a text but 17'],
	[{ id: '2613.06640' }, 'id is neither an arXiv id nor a DOI of bioRxiv or medRxiv: "2613.06640"'],
	[{ title: '' }, 'title is empty'],
	[{ title: ['A'] }, 'title is not a text but a list'],
	[{ title: 'a'.repeat(2_001) }, 'title has 2,001 characters, and at most 2,000 are taken'],
	[{ title: 'A\u0000' }, 'title has a control character (U+0000)'],
	[{ abstract: null }, 'abstract is missing'],
	[{ abstract: 'a\u001bb' }, 'abstract has a control character (U+001B)'],
	[{ abstract: 'a\ud800b' }, 'abstract has one half of a character of two (a lone surrogate)'],
	[{ abstract: 'a'.repeat(65_537) }, 'abstract has 65,537 characters, and at most 65,536 are taken'],
	[{ authors: 'A, B' }, 'authors is not a list but a text'],
	[{ authors: ['A', { name: 'B' }] }, 'authors has an object at place 2, where a text belongs'],
	[{ author_count: 0 }, 'author_count is not a whole number from 1 to 100,000: 0'],
	[{ published: '2026-02-30' }, 'published is not a date: "2026-02-30"'],
	[{ published: '0000-00-00' }, 'published is not a date: "0000-00-00"'],
	[{ published: '1 May 2026' }, 'published is not a date: "1 May 2026"'],
	[{ updated: '2026-02-01T25:00:00Z' }, 'updated is not a date: "2026-02-01T25:00:00Z"'],
	[{ announced: '2026-04-18' }, 'announced is a Saturday, and editions have the days Monday to Friday: 2026-04-18'],
	[{ versions: 2.5 }, 'versions is not a whole number from 1 to 999: 2.5'],
	[{ versions: 2e9 }, 'versions is not a whole number from 1 to 999: 2000000000'],
	[{ submitted: ['2026-02-30'] }, 'submitted has at place 1 what is not a date: "2026-02-30"'],
	[{ author_count: deep }, 'author_count is not a whole number from 1 to 100,000: a list'],
	[{ versions: deep }, 'versions is not a whole number from 1 to 999: a list'],
	[{ submitted: [deep] }, 'submitted has at place 1 what is not a date: a list'],
	[{ submitted: [{ a: deep }] }, 'submitted has at place 1 what is not a date: an object'],
	[{ published: `${'a'.repeat(77)}👩` }, `published is not a date: "${'a'.repeat(77)}…`],
	[{ authors: Array(10_001).fill('A. B') }, 'authors has 10,001 entries, and at most 10,000 are taken'],
	[{ categories: Array(101).fill('cs.CV') }, 'categories has 101 entries, and at most 100 are taken'],
	[{ authors: Array(30).fill('\u0000') }, /^(authors has a control character \(U\+0000\); ){20}and 10 more$/],
	[{ categories: ['cs.CV', '<b>'] }, 'categories has what is not a category: "<b>"'],
	[{ primary_category: 'cs.CV/x' }, 'primary_category has what is not a category: "cs.CV/x"'],
	[{ title: '\u200b\u2060' }, 'title is empty'],
	[
		{ code: 'https://arxiv.org@evil.example/' },
		'code has an account before its host: "https://arxiv.org@evil.example/"'
	],
	[{ code: 'https://a:b@evil.example' }, 'code has an account before its host'],
	[{ code: 'https://arxiv.org\\.evil.example/' }, 'code is not an http or https address'],
	[{ license: 'CC BY' }, 'license is not an http or https address: "CC BY"'],
	[{ code: 'javascript:alert(1)' }, 'code is not an http or https address: "javascript:alert(1)"'],
	[{ organization: 'NVIDIA' }, 'organization is not an object but a text'],
	[
		{ organization: { handle: '../a' } },
		'organization.handle has other signs than letters, digits, ".", "_" and "-": "../a"'
	],
	[{ organization: { name: 'NVIDIA' } }, 'organization.handle is missing'],
	[{ withdrawn: 'yes' }, 'withdrawn is neither true nor false but a text']
])('a paper with a fault is refused (%#)', (fields, reason) => {
	expect(() => paperRecordOf({ ...whole, ...fields })).toThrow(reason);
});

test('what no reader sees is not read', () => {
	const record = paperRecordOf({
		...whole,
		title: 'A\u202e ti\u200btle',
		abstract: '\ufeffWe \u2066prove\u2069 it.',
		authors: ['Ann\u200f Lee', '\u200b'],
		categories: ['cs.CV\u2060'],
		comment: '9\u061c pages',
		organization: { handle: 'nvidia\u200b', name: 'NVI\u202aDIA' }
	});
	expect(record).toMatchObject({
		title: 'A title',
		abstract: 'We prove it.',
		authors: ['Ann Lee'],
		categories: ['cs.CV'],
		comment: '9 pages',
		organisation: { handle: 'nvidia', name: 'NVIDIA' }
	});
});

test('a list of authors is split in time that grows with its length', () => {
	const before = performance.now();
	for (const part of [' ', '\n\t', ', ', ' and']) fromArxivMetadata({ authors: part.repeat(65_536 / part.length) });
	expect(performance.now() - before).toBeLessThan(300);
	expect(fromArxivMetadata({ authors: 'A. B,\n and C. D  and\tE. F' }).authors).toEqual(['A. B', 'C. D', 'E. F']);
});

test('a refusal names everything that is wrong', () => {
	expect(() => paperRecordOf({ title: 5, announced: '2026-02-30' })).toThrow(
		'id is missing; title is not a text but 5; announced is not a date: "2026-02-30"; abstract is missing'
	);
});

test('the digest is that of what the record says, whatever the order of its fields', () => {
	const { id, title, abstract } = whole;
	expect(digestOf(paperRecordOf({ abstract, title, id }))).toBe(digestOf(paperRecordOf({ id, title, abstract })));
	expect(digestOf(paperRecordOf({ ...whole, comment: 'New' }))).not.toBe(digestOf(paperRecordOf(whole)));
});

test("arXiv's own metadata is read, its versions and all, without the submitter", () => {
	// The first line of arxiv-metadata-oai-snapshot.json, its abstract shortened.
	const line = `{"id":"0704.0001","submitter":"Pavel Nadolsky","authors":"C. Bal\\\\'azs, E. L. Berger, P. M. Nadolsky, C.-P. Yuan","title":"Calculation of prompt diphoton production cross sections at Tevatron and\\n  LHC energies","comments":"37 pages, 15 figures; published version","journal-ref":"Phys.Rev.D76:013009,2007","doi":"10.1103/PhysRevD.76.013009","report-no":"ANL-HEP-PR-07-12","categories":"hep-ph","license":null,"abstract":"  A fully differential calculation in perturbative quantum chromodynamics is\\npresented.\\n","versions":[{"version":"v1","created":"Mon, 2 Apr 2007 19:18:42 GMT"},{"version":"v2","created":"Tue, 24 Jul 2007 20:10:27 GMT"}],"update_date":"2008-11-26","authors_parsed":[["Balázs","C.",""],["Berger","E. L.",""],["Nadolsky","P. M.",""],["Yuan","C. -P.","Jr."]]}`;
	const record = paperRecordOf(fromArxivMetadata(JSON.parse(line)));
	expect(JSON.stringify(record)).not.toContain('Pavel');
	expect(record).toMatchObject({
		key: '0704.0001',
		title: 'Calculation of prompt diphoton production cross sections at Tevatron and LHC energies',
		abstract: 'A fully differential calculation in perturbative quantum chromodynamics is\npresented.',
		authors: ['C. Balázs', 'E. L. Berger', 'P. M. Nadolsky', 'C. -P. Yuan Jr.'],
		categories: ['hep-ph'],
		published: '2007-04-02',
		updated: '2007-07-24',
		version: 2,
		submitted: ['2007-04-02T19:18:42.000Z', '2007-07-24T20:10:27.000Z'],
		comment: '37 pages, 15 figures; published version',
		journalRef: 'Phys.Rev.D76:013009,2007',
		source: 'arxiv'
	});
});

test.each([
	[{ categories: 5 }, 'categories is not a list but 5'],
	[{ authors_parsed: [['Balázs', 'C.'], 'Berger'], authors: '' }, null],
	[{ versions: [{ version: 'v1', created: 'Mon, 31 Feb 2007 19:18:42 GMT' }] }, 'published is not a date'],
	[{ versions: [{ version: 'v1' }] }, null],
	[{ versions: ['v1'] }, 'published is not a date: "v1"'],
	[{ versions: [{ version: deep, created: deep }] }, 'published is not a text but a list'],
	[{ versions: [{ version: 'v1', created: { toString: 1 } }] }, 'published is not a text but an object']
])("arXiv's metadata is checked as any other (%#)", (fields, reason) => {
	const record = { ...whole, categories: 'cs.CV cs.LG', authors: 'A. B, C. D and E. F', ...fields };
	if (reason) expect(() => paperRecordOf(fromArxivMetadata(record))).toThrow(reason);
	else expect(paperRecordOf(fromArxivMetadata(record)).key).toBe('2603.06640');
});
