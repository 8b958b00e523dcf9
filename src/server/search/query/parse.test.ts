import { expect, test } from 'vitest';
import { parseQuery } from './parse.ts';
import { printQuery } from './print.ts';

/** What is typed, and how it is read, written plainly. */
const READ: [typed: string, read: string][] = [
	['masked image modeling', 'masked image modeling'],
	['"hard patches" mining', '"hard patches" mining'],
	['“hard patches” «à la carte»', '"hard patches" "à la carte"'],
	['mask -token', 'mask -token'],
	['mask NOT token', 'mask -token'],
	['mask AND NOT token', 'mask -token'],
	['mask ANDNOT token', 'mask -token'],
	['mask -"learned tokens" -(a b) -title:image', 'mask -"learned tokens" -b -title:image'],
	['NOT NOT mask', 'mask'],
	['token NOT (mask AND patch)', 'token -(mask patch)'],
	['mask OR patch', 'mask OR patch'],
	['mask AND patch', 'mask patch'],
	['mask patch OR token', '(mask patch) OR token'],
	['mask (patch OR token)', 'mask (patch OR token)'],
	['mask OR (patch OR (token))', 'mask OR patch OR token'],
	['mask or patch and token', 'mask patch token'],
	['title:mask', 'title:mask'],
	['Title:mask TI:mask', 'title:mask title:mask'],
	['ti:(masked image) abs:token', 'title:masked title:image abstract:token'],
	['ti:(masked OR au:xie) token', '(title:masked OR author:xie) token'],
	['author: xie', 'author:xie'],
	['all:electron', 'electron'],
	['ti:"hard patches" AND au:xie ANDNOT cat:cs.CL', 'title:"hard patches" author:xie -category:cs.CL'],
	['au:del_maestro', 'author:"del maestro"'],
	['au:bengio_y', 'author:bengio author:y'],
	['author:"He, Kaiming"', 'author:"Kaiming He"'],
	['author:an', 'author:an'],
	['cat:CS.cv', 'category:cs.CV'],
	['category:cs.*', 'category:cs'],
	['cat:(cs.CV OR cs.LG)', 'category:cs.CV OR category:cs.LG'],
	['org:kaust organization:"King Abdullah University"', 'org:kaust org:"King Abdullah University"'],
	['year:2023', 'year:2023'],
	['year:2023..2025', 'year:2023..2025'],
	['year:2023...2025 year:2023…2025 year:2023-2025', 'year:2023..2025 year:2023..2025 year:2023..2025'],
	['year:2025..2023', 'year:2023..2025'],
	['year:2023.. year:..2020', 'year:2023.. year:..2020'],
	['year:>2020 year:>=2020 year:<2020 year:<=2020', 'year:2021.. year:2020.. year:..2019 year:..2020'],
	['date:2024-01-15', 'date:2024-01-15'],
	['date:2024-01..2024-06', 'date:2024-01-01..2024-06-30'],
	['date:2024 date:2024-02', 'date:2024 date:2024-02'],
	['date:>2024-02', 'date:2024-03-01..'],
	['submittedDate:[202301010600 TO 202401010600]', 'date:2023-01-01..2024-01-01'],
	['submittedDate:[* TO 20240101]', 'date:..2024-01-01'],
	['version:>1 version:2 version:<3', 'version:2.. version:2 version:..2'],
	['has:code has:Project', 'has:code has:project'],
	['licence:cc-by license:"CC BY-SA 4.0"', 'licence:cc-by licence:cc-by-sa'],
	['id:2401.12345', 'id:2401.12345'],
	['id:2401.12345v2', 'id:2401.12345'],
	['see 2401.12345 and 2402.12345', 'see (id:2401.12345 OR id:2402.12345)'],
	['the state of the art', 'state art'],
	['mask OR the', 'mask'],
	['MaskNet k-means GPT-4 β-VAE', 'MaskNet k-means GPT-4 β-VAE'],
	['masked/unmasked, (tokens); "patches."', 'masked unmasked tokens "patches"'],
	['Schmidhuber’s', 'Schmidhuber'],
	['MaskNet: a network - of nets', 'MaskNet network nets'],
	['f(x) O(n)', 'f x O n'],
	["$\\alpha$ c'est", "alpha c'est"],
	['line\none\ttwo\u0000three', 'line one twothree'],
	['', ''],
	[' ', ''],
	['()', ''],
	['-', ''],
	['!!! ??', '']
];

test.each(READ)('%j is read as %s', (typed, read) => {
	const { tree, notes } = parseQuery(typed);
	expect(printQuery(tree)).toBe(read);
	expect(notes).toEqual([]);
});

/** What is not understood is read as words, and said. */
const NOTED: [typed: string, read: string, notes: Record<string, string>][] = [
	['foo:bar mask', 'foo bar mask', { 'read-as-words': '“foo:bar”' }],
	['foo:"hard patches"', 'foo "hard patches"', { 'read-as-words': '“foo:”' }],
	['year:abc', 'year abc', { 'read-as-words': '“year:abc”' }],
	['year:(abc 2023)', 'abc year:2023', { 'read-as-words': '“abc”' }],
	[
		'year:.. year:2020..2021..2022',
		'year year 2020 2021 2022',
		{ 'read-as-words': '“year:..”, “year:2020..2021..2022”' }
	],
	['date:2024-02-31', 'date 2024-02-31', { 'read-as-words': '“date:2024-02-31”' }],
	['version:0 has:data', 'version 0 data', { 'read-as-words': '“version:0”, “has:data”' }],
	['title:', 'title', { 'read-as-words': '“title:”' }],
	['mask AND', 'mask', { 'read-as-words': '“AND”' }],
	['OR mask NOT', 'mask not', { 'read-as-words': '“OR”, “NOT”' }],
	['mask OR AND patch', 'mask OR patch', { 'read-as-words': '“AND”' }],
	['"hard patches', 'hard patches', { unbalanced: '' }],
	['title:"hard patches', 'hard patches', { unbalanced: '' }],
	['(mask OR (patch token', 'mask OR (patch token)', { unbalanced: '' }],
	['mask) patch', 'mask patch', { unbalanced: '' }],
	['the of', '', { 'stop-words': '“the”, “of”' }],
	['"to be" mask', 'mask', { 'stop-words': '“to be”' }],
	['-mask -title:token', '-mask -title:token', { 'only-exclusions': '“-mask -title:token”' }],
	['NOT (mask OR token)', '-(mask OR token)', { 'only-exclusions': '“-(mask OR token)”' }]
];

test.each(NOTED)('%j is read as %s, with a note', (typed, read, notes) => {
	const parsed = parseQuery(typed);
	expect(printQuery(parsed.tree)).toBe(read);
	expect(Object.fromEntries(parsed.notes.map(({ kind, words }) => [kind, words]))).toEqual(notes);
});

/** A whole query that names papers leads to them. */
const NAMED: [typed: string, ids: string[]][] = [
	['2401.12345', ['2401.12345']],
	[' 2401.12345v2 ', ['2401.12345']],
	['arXiv:2401.12345v2 [cs.CV]', ['2401.12345']],
	['arXiv: 2401.12345', ['2401.12345']],
	['hep-th/9901001', ['hep-th/9901001']],
	['https://arxiv.org/abs/2401.12345', ['2401.12345']],
	['https://arxiv.org/pdf/2401.12345v1.pdf', ['2401.12345']],
	['https://huggingface.co/papers/2401.12345', ['2401.12345']],
	['/papers/2401.12345v3', ['2401.12345']],
	['https://papers.example.org/papers/hep-th/9901001?x=1', ['hep-th/9901001']],
	['https://doi.org/10.48550/arXiv.2401.12345', ['2401.12345']],
	['10.1101/2020.01.01.123456', ['10.1101/2020.01.01.123456']],
	['2401.12345, 2402.12345;hep-th/9901001', ['2401.12345', '2402.12345', 'hep-th/9901001']],
	['"2401.12345"', ['2401.12345']],
	['id:2401.12345 OR id:2402.12345', ['2401.12345', '2402.12345']],
	['2401.12345 mask', []],
	['-2401.12345', []],
	['title:2401.12345', []],
	['10.1000/182', []],
	['2413.12345', []],
	['/papers/2401.12345 mask', []],
	['', []]
];

test.each(NAMED)('%j names the papers %j', (typed, ids) => {
	expect(parseQuery(typed).ids).toEqual(ids);
});

test('32 words and conditions count, and of the rest ten are named', () => {
	const words = Array.from({ length: 500 }, (_, at) => `word${at}`);
	const { tree, notes } = parseQuery(words.join(' '));
	expect(printQuery(tree)).toBe(words.slice(0, 32).join(' '));
	const named = words.slice(32, 42).map((word) => `“${word}”`);
	expect(notes).toEqual([{ kind: 'ignored', words: `${named.join(', ')} and 458 more` }]);
});

test('stop words do not count, and a phrase counts as many as it has and is cut', () => {
	const words = Array.from({ length: 40 }, (_, at) => `w${at}`);
	expect(parseQuery(words.slice(0, 32).join(' of the ')).notes).toEqual([]);
	const { tree, notes } = parseQuery(`"${words.join(' ')}" year:2023`);
	expect(printQuery(tree)).toBe(`"${words.slice(0, 32).join(' ')}"`);
	expect(notes[0]!.words).toContain('“w32”');
	expect(notes[0]!.words).toContain('“year:2023”');
});

test('a query is read to its 10,000th character', () => {
	const { notes } = parseQuery(`${'mask '.repeat(5)}${' '.repeat(10_000)}patch`);
	expect(notes).toEqual([{ kind: 'cut', words: '' }]);
});

const HOSTILE: [name: string, query: string][] = [
	['a thousand parentheses', `${'('.repeat(1000)}mask${')'.repeat(1000)}`],
	['a thousand that are not closed', `${'(mask OR '.repeat(1000)}patch`],
	['exclusions in exclusions', `${'-(mask '.repeat(1400)}patch${')'.repeat(1400)}`],
	['fields over fields', 'ti:('.repeat(2500)],
	['quotation marks', '"'.repeat(10_000)],
	['minus signs', '-'.repeat(10_000)],
	['operators', 'AND OR NOT '.repeat(900)],
	['one word', 'a'.repeat(10_000)],
	['one compound', 'a-'.repeat(5000)],
	['colons', 'a:'.repeat(5000)],
	['fields', 'year:'.repeat(2000)],
	['brackets', 'date:['.repeat(1600)],
	['ids', '2401.12345 '.repeat(900)],
	['no ids', '2401.1234x,'.repeat(900)],
	['spaces', `a${' '.repeat(9998)}b`],
	['dots', `year:${'.'.repeat(9990)}`],
	['marks', `a${'\u0301'.repeat(9999)}`],
	['surrogates', '\ud800'.repeat(10_000)],
	['controls', '\u0000\u0007\u001b'.repeat(3000)],
	['five hundred words', Array.from({ length: 500 }, (_, at) => `wörd-${at}`).join(' ')]
];

test.each(HOSTILE)('%s is read in 20 ms', (_, query) => {
	parseQuery(query);
	const times = Array.from({ length: 5 }, () => {
		const before = performance.now();
		parseQuery(query);
		return performance.now() - before;
	});
	expect(Math.min(...times)).toBeLessThan(20);
});
