import { expect, test } from 'vitest';
import { citedDoi, citedPaper, dateParts, journalYear } from './cited-paper.ts';

test('a citation leads to the source of the paper', () => {
	const paper = {
		key: '2407.13036',
		title: 'ColorMAE',
		published: '2024-07-17',
		version: 2,
		primary_category: 'cs.CV',
		categories: ['cs.CV'],
		doi: null,
		journal_ref: null,
		abstract: 'Masked.',
		authors: ['Carlos Hinojosa'],
		author_count: 1
	};
	expect(citedPaper(paper)).toMatchObject({ title: 'ColorMAE', url: 'https://arxiv.org/abs/2407.13036' });
	expect(citedPaper({ ...paper, key: '10.1101/339747' }).url).toBe('https://doi.org/10.1101/339747');
});

test.each([
	['2407.13036', '2024-07-17', [2024, 7, 17]],
	['2407.13036', '2024-07-17T10:00:00Z', [2024, 7, 17]],
	['2407.13036', null, [2024, 7]],
	['0704.0001', null, [2007, 4]],
	['9912.00001', null, [2099, 12]],
	['hep-th/9901001', null, [1999, 1]],
	['cs/0112017', null, [2001, 12]],
	['10.1101/2020.01.31.123456', null, [2020, 1, 31]],
	['10.1101/339747', null, []]
])('%s, published %s, is dated %j', (key, published, parts) => {
	expect(dateParts({ key, published })).toEqual(parts);
});

test.each([
	[null, '10.48550/arXiv.2407.13036'],
	['10.1103/PhysRevB.51.15478', '10.1103/PhysRevB.51.15478'],
	[
		'10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2',
		'10.1002/(SICI)1097-0258(19980815)17:15<1661::AID-SIM968>3.0.CO;2-2'
	],
	['10.1007/a 10.1007/b', '10.1007/a'],
	['not a DOI', '10.48550/arXiv.2407.13036'],
	['10.1007/a}\\input{x}', '10.48550/arXiv.2407.13036']
])('of the DOI %s, %s is cited', (doi, cited) => {
	expect(citedDoi({ key: '2407.13036', doi })).toBe(cited);
});

test.each([
	['Phys. Rev. B 51, 15478--15483 (1995)', '1995'],
	['Nuovo Cimento B 113 (April 1998) 549-552', '1998'],
	['Phys.Lett.B278:51-55,1992', '1992'],
	['SIAM Journal on Computing 27:5, 1998, pp. 1457--1491', '1998'],
	['Fractals in Graz 2001, 25--118, Birkhauser, Basel, 2003', undefined],
	['to appear in Nature', undefined],
	['', undefined]
])('%s appeared in %s', (reference, year) => {
	expect(journalYear(reference)).toBe(year);
});
