import { expect, test } from 'vitest';
import { arxivIdOf } from './arxiv-id.ts';

test.each([
	['2401.12345', '2401.12345', null],
	['2401.12345v2', '2401.12345', 2],
	['2401.12345V12', '2401.12345', 12],
	['0704.0001', '0704.0001', null],
	['1412.7878v1', '1412.7878', 1],
	['1501.00001', '1501.00001', null],
	['9912.99999v9999', '9912.99999', 9999],
	['hep-th/9901001', 'hep-th/9901001', null],
	['cs/0112017v3', 'cs/0112017', 3],
	['math.GT/0309136', 'math/0309136', null],
	['math.CA/0611800v2', 'math/0611800', 2],
	['Hep-Th/9108001', 'hep-th/9108001', null],
	['cmp-lg/9404001', 'cmp-lg/9404001', null],
	['alg-geom/9202001', 'alg-geom/9202001', null],
	['q-bio.NC/0703001', 'q-bio/0703001', null]
])('%s is the id %s, version %s', (text, id, version) => {
	expect(arxivIdOf(text)).toEqual({ id, version });
});

test.each([
	['2413.12345', 'there is no month 13'],
	['2400.12345', 'there is no month 0'],
	['2401.1234', 'five digits from 1501'],
	['1412.12345', 'four digits until 1412'],
	['2401.123456', 'six digits were never given out'],
	['2401.00000', 'counting starts at one'],
	['0703.0001', 'the scheme began in April 2007'],
	['2401.12345v0', 'versions start at one'],
	['2401.12345v', 'a version needs a number'],
	['2401.12345v12345', 'no paper has so many versions'],
	['٢٤٠١.12345', 'digits are ASCII'],
	['hep-th/0704001', 'the old scheme ended in March 2007'],
	['hep-th/9013001', 'there is no month 13'],
	['hep-th/9101001', 'arXiv began in 1991'],
	['hep-th/9901000', 'counting starts at one'],
	['hep-th/990101', 'seven digits'],
	['econ/0112017', 'the archive is younger than the scheme'],
	['cs.LGX/0112017', 'subject classes have two letters'],
	[' 2401.12345', 'bare means bare'],
	['2401.12345\n', 'bare means bare'],
	['', 'nothing']
])('%j is no id: %s', (text) => {
	expect(arxivIdOf(text)).toBeNull();
});
