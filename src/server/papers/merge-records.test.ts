import fc from 'fast-check';
import { expect, test } from 'vitest';
import { makeRecord } from './make.ts';
import { isOlder, leads, mergeRecords } from './merge-records.ts';
import type { PaperRecord } from './paper-record.ts';

test.each([
	['a higher version', { versions: 3 }, { versions: 2 }, true],
	[
		'a lower version, even from a better source',
		{ versions: 1, source: 'arxiv' },
		{ versions: 3, source: 'seed' },
		false
	],
	['a later update', { updated: '2026-03-02' }, { updated: '2026-03-01', source: 'arxiv' }, true],
	['the same source again, so that a mended file takes effect', {}, {}, true],
	['a more trusted source', { source: 'listing' }, { source: 'seed' }, true],
	['a source by the name of what every object has', { source: 'constructor' }, { source: 'seed' }, true],
	['a less trusted source', { source: 'hf' }, { source: 'listing' }, false],
	['a source that is trusted alike', { source: 'digest' }, { source: 'listing' }, false],
	[
		'a record without a version, beside one that arXiv has given',
		{ source: 'listing' },
		{ versions: 3, source: 'abs' },
		false
	]
])('%s: whether it leads', (_, read, known, expected) => {
	expect(leads(makeRecord(read), makeRecord(known))).toBe(expected);
});

const poor = {
	title: 'A poor title',
	source: 'seed',
	organization: { handle: 'nvidia', name: 'NVIDIA' },
	author_count: 8
};
const rich = {
	title: 'A rich title',
	source: 'listing',
	authors: ['A. B'],
	categories: ['cs.CV'],
	announced: '2026-03-03'
};

test.each([
	['poor, then rich', poor, rich],
	['rich, then poor', rich, poor]
])('a poor and a rich record become one paper, whichever comes first: %s', (_, first, second) => {
	expect(mergeRecords(makeRecord(first), makeRecord(second))).toMatchObject({
		title: 'A rich title',
		authors: ['A. B'],
		authorCount: 8,
		categories: ['cs.CV'],
		announced: '2026-03-03',
		organisation: { handle: 'nvidia', name: 'NVIDIA' },
		source: 'listing'
	});
});

test.each<[string, Record<string, unknown>, Record<string, unknown>, Partial<PaperRecord>]>([
	[
		'what a newer record does not say is kept',
		{ comment: '9 pages', doi: '10.1/a' },
		{},
		{ comment: '9 pages', doi: '10.1/a' }
	],
	['a version never goes down', { versions: 3 }, { versions: 1, title: 'Old' }, { version: 3, title: 'A title' }],
	['an update never goes back', { updated: '2026-03-09' }, { updated: '2026-03-01' }, { updated: '2026-03-09' }],
	[
		'a new version without a comment ends the old comment',
		{ versions: 1, comment: 'v1' },
		{ versions: 2 },
		{ comment: null }
	],
	['an old comment is not taken', { versions: 2 }, { versions: 1, comment: 'v1' }, { comment: null }],
	['a paper stays withdrawn', { withdrawn: true }, {}, { withdrawn: true }],
	[
		'a new version that does not say withdrawn is not',
		{ versions: 1, withdrawn: true },
		{ versions: 2 },
		{ withdrawn: false }
	],
	['a source can say that a paper is not withdrawn', { withdrawn: true }, { withdrawn: false }, { withdrawn: false }],
	[
		'white space is no difference',
		{ abstract: 'We prove\nit.' },
		{ abstract: 'We prove it.' },
		{ abstract: 'We prove\nit.' }
	]
])('%s', (_, known, read, expected) => {
	expect(mergeRecords(makeRecord(known), makeRecord(read))).toMatchObject(expected);
});

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const records = fc
	.record({
		title: fc.constantFrom('One', 'Two'),
		abstract: fc.constantFrom('We prove it.', 'We\nprove it.', 'It holds.'),
		source: fc.constantFrom('seed', 'hf', 'listing', 'digest', 'arxiv'),
		versions: maybe(fc.integer({ min: 1, max: 3 })),
		updated: maybe(fc.constantFrom('2026-03-01', '2026-03-02')),
		comment: maybe(fc.constantFrom('9 pages', '10 pages')),
		doi: maybe(fc.constantFrom('10.1/a', '10.1/b')),
		withdrawn: maybe(fc.boolean())
	})
	.map(makeRecord);

test('reading the same record twice changes nothing the second time', () => {
	fc.assert(
		fc.property(records, records, (known, read) => {
			const once = mergeRecords(known, read);
			expect(mergeRecords(once, read)).toEqual(once);
		})
	);
});

test('nothing known is lost but the comment of an old version', () => {
	fc.assert(
		fc.property(records, records, (known, read) => {
			const merged = mergeRecords(known, read);
			for (const field of ['updated', 'doi', 'version', 'submitted'] as const)
				if (known[field] !== null) expect(merged[field]).not.toBeNull();
			if (!isOlder(known, read) && known.comment) expect(merged.comment).not.toBeNull();
		})
	);
});

test('which text a paper has does not depend on the order of its versions', () => {
	fc.assert(
		fc.property(fc.shuffledSubarray([1, 2, 3, 4], { minLength: 2 }), (order) => {
			const [first, ...others] = order.map((versions) => makeRecord({ versions, title: `Version ${versions}` }));
			const highest = Math.max(...order);
			expect(others.reduce(mergeRecords, first!)).toMatchObject({ version: highest, title: `Version ${highest}` });
		})
	);
});
