import { describe, expect, test } from 'vitest';
import { folded, isStopWord, wordsIn } from './words.ts';

/** The words of a text in one line: joined ones with +, parts with /. */
function shown(text: string) {
	const signs = { plain: '', joined: '+', part: '/' };
	return wordsIn(text)
		.map(({ word, kind }) => signs[kind] + word)
		.join(' ');
}

describe('words', () => {
	test.each([
		['Attention Is All You Need', 'attention is all you need'],
		['naïve Bayes, Poincaré; Łukasz Straße ENCYCLOPÆDIA', 'naive bayes poincare lukasz strasse encyclopaedia'],
		["Schrödinger’s cat isn’t NEWTON'S; ODEs’ O’Brien", 'schrodinger cat isnt newton odes obrien'],
		["f'(x), f''(x) and ``quoted'' 'words's", 'f x f x and quoted words'],
		['H₂O, 10⁻³ and x²', 'h2o /h /2o 10 3 and x2 /x /2'],
		['ℝ ℏ 𝒜𝓑 Ⅳ ﬁne ½ ™ ∑', 'r h ab iv fine'],
		['$\\alpha$ + \\mathbb{R}^n', 'alpha mathbb r n'],
		['αβ TNFα μm ϵ λόγος ΛΌΓΟΣ', 'alphabeta tnfalpha mum epsilon λογοσ λογοσ'],
		['hy\u00adphen re\u0301sume\u0301', 'hyphen resume'],
		['Иванов 한국어 हिन्दी', 'иванов 한국어 हनद'],
		['C++ and/or a, b.c U.S.', 'c and or a b c u s'],
		['\ud800half\udfff', 'half'],
		['  \n ', '']
	])('of %j are %j', (text, words) => {
		expect(shown(text)).toBe(words);
	});

	test.each([
		['k-means', 'k +kmeans means'],
		['$k$-means $\\beta$-VAE', 'k +kmeans means beta +betavae vae'],
		['β-VAE', 'beta +betavae vae'],
		['GPT-4', 'gpt +gpt4 4'],
		['LLaMA-2', 'llama +llama2 2'],
		['Qwen2.5', 'qwen2 +qwen25 /qwen /2 5'],
		['99.3% in v1.0.', '99 +993 3 in v1 +v10 /v /1 0'],
		['ImageNet-1k', 'imagenet +imagenet1k /image /net 1k'],
		['state-of-the-art', 'state +stateoftheart of the art'],
		['a-b-c-d-e', 'a b c d e'],
		['Kolmogorov–Smirnov', 'kolmogorov +kolmogorovsmirnov smirnov'],
		['snake_case', 'snake +snakecase case'],
		['all—or—nothing, either -or', 'all or nothing either or']
	])('of a compound are its runs, and the runs put together: %j', (text, words) => {
		expect(shown(text)).toBe(words);
	});

	test.each([
		['MaskNet BigGAN GPTModel', 'masknet /mask /net biggan /big /gan gptmodel /gpt /model'],
		['PyTorch LLMs iPhone McDonald', 'pytorch llms iphone mcdonald'],
		['ResNet50', 'resnet50 /resnet /res /net /50'],
		['GPT4 CO2 CO₂', 'gpt4 /gpt /4 co2 /co /2 co2 /co /2'],
		['3D 1k 2D', '3d 1k 2d'],
		['YOLOv8 MobileNetV2 SAMv2', 'yolov8 /yolo /v8 mobilenetv2 /mobilenet /mobile /net /v2 samv2 /sam /v2'],
		['SARS-CoV-2 CoV2', 'sars +sarscov2 cov 2 cov2 /cov /2'],
		['a1b2c3d4e5f6a7b8c9', 'a1b2c3d4e5f6a7b8c9']
	])('of a name are its pieces too: %j', (text, words) => {
		expect(shown(text)).toBe(words);
	});

	test.each([
		['图像', '图像'],
		['图像分割', '图像分割 /图像 /像分 /分割'],
		['用GPU', '用gpu /用 /gpu'],
		['ニューラル', 'ニューラル /ニュ /ュー /ーラ /ラル']
	])('without spaces are found by two neighbours: %j', (text, words) => {
		expect(shown(text)).toBe(words);
	});

	test('no word is longer than 64: a compound that would be has none, a run is cut', () => {
		expect(shown(`${'a'.repeat(40)}-${'b'.repeat(40)}`)).toBe(`${'a'.repeat(40)} ${'b'.repeat(40)}`);
		expect(shown('A'.repeat(100))).toBe('a'.repeat(64));
		expect(shown(`a${'𐐀'.repeat(100)}`)).toBe(`a${'𐐨'.repeat(31)}`);
	});
});

test('a word says where it stands, without its ’s', () => {
	expect(wordsIn('The β-VAE’s ResNet50')).toEqual([
		{ word: 'the', stem: 'the', start: 0, end: 3, kind: 'plain' },
		{ word: 'beta', stem: 'beta', start: 4, end: 5, kind: 'plain' },
		{ word: 'betavae', stem: 'betava', start: 4, end: 9, kind: 'joined' },
		{ word: 'vae', stem: 'vae', start: 6, end: 9, kind: 'plain' },
		{ word: 'resnet50', stem: 'resnet50', start: 12, end: 20, kind: 'plain' },
		{ word: 'resnet', stem: 'resnet', start: 12, end: 18, kind: 'part' },
		{ word: 'res', stem: 'res', start: 12, end: 15, kind: 'part' },
		{ word: 'net', stem: 'net', start: 15, end: 18, kind: 'part' },
		{ word: '50', stem: '50', start: 18, end: 20, kind: 'part' }
	]);
});

test('a text is folded to its plain words', () => {
	expect(folded('Schrödinger’s  β-VAE: Über MaskNet!')).toBe('schrodinger beta vae uber masknet');
});

test('stop words are those that tell nothing', () => {
	expect(['the', 'of', 'we'].every(isStopWord)).toBe(true);
	expect(['not', 'attention', 'constructor', ''].some(isStopWord)).toBe(false);
});
