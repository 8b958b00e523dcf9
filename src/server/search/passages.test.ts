import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wordsIn } from '#server/text/words.ts';
import { bestPassages } from './passages.ts';

const stemsOf = (asked: string) => new Set(wordsIn(asked).map(({ stem }) => stem));
const htmlOf = (text: string, asked: string, html: string | null = null) =>
	bestPassages({ text, html }, stemsOf(asked)).map((passage) => passage.html);

const ABSTRACT =
	'Planning is hard. We mask the input with a learned mask. Others do not. Our masked loss is simple, and patches are few. It works.';

test('the sentences with most of the words are shown, in the order of the text', () => {
	expect(htmlOf(ABSTRACT, 'mask patch')).toEqual([
		'… We <mark>mask</mark> the input with a learned <mark>mask</mark>.',
		'… Our <mark>masked</mark> loss is simple, and <mark>patches</mark> are few.'
	]);
	expect(htmlOf(ABSTRACT, 'planning')).toEqual(['<mark>Planning</mark> is hard.']);
});

test('sentences that follow each other are one passage', () => {
	expect(htmlOf('We plan. We mask.', 'plan mask')).toEqual(['We <mark>plan</mark>. We <mark>mask</mark>.']);
});

test('without any of the words there is no passage', () => {
	expect(bestPassages({ text: ABSTRACT, html: null }, stemsOf('video'))).toEqual([]);
	expect(bestPassages({ text: '', html: null }, stemsOf('video'))).toEqual([]);
});

test('of a sentence without end a stretch is shown, cut between words', () => {
	const text = `${'before '.repeat(100)}mask ${'after '.repeat(100)}end.`;
	const [passage] = bestPassages({ text, html: null }, stemsOf('mask'));
	expect(passage!.text).toMatch(/^… before (before )+mask (after )+after …$/);
	expect(passage!.text.length).toBeLessThan(340);
});

test('a formula is shown whole, and its elements are closed where a passage ends', () => {
	const math = '<math><mi>σ</mi><mo>&lt;</mo><mn>1</mn></math>';
	const text = 'First of all. We mask σ<1 with care. The rest of it.';
	const html = `<em>First of all. We mask ${math} with care.</em> The rest of it.`;
	expect(bestPassages({ text, html }, stemsOf('mask'))).toEqual([
		{
			text: '… We mask σ<1 with care.',
			html: `… <em>We <mark>mask</mark> </em><em>${math}</em><em> with care.</em>`
		}
	]);
});

test('whatever the text, a passage is part of it, and short', () => {
	const word = fc.constantFrom('mask', 'masks', 'patch', 'We', 'a', 'e.g.', 'end.', 'x'.repeat(40), '(', '3.5');
	fc.assert(
		fc.property(fc.array(word, { maxLength: 300 }), (words) => {
			const text = words.join(' ');
			const passages = bestPassages({ text, html: null }, stemsOf('mask patch'));
			expect(passages.length > 0).toBe(/mask|patch/.test(text));
			for (const passage of passages) {
				expect(text).toContain(passage.text.replace(/^… | …$/g, ''));
				expect(passage.html).toContain('<mark>');
				expect(passage.text.length).toBeLessThan(700);
			}
		})
	);
});
