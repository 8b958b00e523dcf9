import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { nameAddress, nameKey, readName, readNames } from './names.ts';
import { readAbstract, readTitle, withoutGist } from './tex.ts';

/** What every reader of these pages relies on, by convention: fixtures/README.md. */
const TEXTS: [source: string, text: string][] = [
	['MACS~J0717.5+3745', 'MACS J0717.5+3745'],
	['a mass of ~5 kpc, P ~ 10^-68 (~.6)', 'a mass of ~5 kpc, P ~ 10^-68 (~.6)'],
	['~40,000 questions, ~half of them, D* ~ C^0.12', '~40,000 questions, ~half of them, D* ~ C^0.12'],
	['see ~\\cite{GW}, S. ~Simón, a ~ {\\rm b}, end ~', 'see, S. Simón, a b, end'],
	['in $10 ~\\rm{kpc}$', 'in 10 kpc'],
	['Robinson--Schensted, and --- at last', 'Robinson–Schensted, and — at last'],
	["``dead core'' and `single'", "“dead core” and `single'"],
	['for ``conventional" lenses', 'for “conventional” lenses'],
	['5\\% of A\\&B, x\\_y, \\#1, \\$500', '5% of A&B, x_y, #1, $500'],
	['one\\\\ two\n  three', 'one two three'],
	['Painlev\\\'e, M\\"uller, H{\\"o}lder, Fran\\c{c}ois', 'Painlevé, Müller, Hölder, François'],
	[
		'\\v{C}ech, Erd\\H{o}s, Thorbj\\o rnsen, Wa\\l{}esa, Stra\\ss e, \\AA rhus',
		'Čech, Erdős, Thorbjørnsen, Wałesa, Straße, Århus'
	],
	["Fu\\v{c}\\'{\\i}k, do \\'O, Zaj\\k{a}czkowski, na\\\"\\i ve", 'Fučík, do Ó, Zajączkowski, naïve'],
	[
		'{\\em complete} and \\textbf{bold} and \\texttt{--flag} {\\it Ann. Inst.}',
		'complete and bold and --flag Ann. Inst.'
	],
	['in \\cite[Section IV]{S4}, see \\eqref{LS}.', 'in, see.'],
	['understanding.\\footnote{Data at https://x.org.} Next', 'understanding. Next'],
	['\\begin{itemize} \\item[{\\bf(i) }] one \\end{itemize}', '(i) one'],
	['\\unknown{kept} and \\numstars~stars', 'kept and stars'],
	['{grouped} but {open', 'grouped but {open'],
	['Socratic}comprises', 'Socratic}comprises'],
	['C\\,\\textsc{iv} at 24 $\\mu$m', 'C iv at 24 μm'],
	['CS_2 and f^{-1} outside', 'CS_2 and f^{-1} outside'],
	['$\\varepsilon\\epsilon\\phi\\varphi\\varrho$', 'εεφφρ'],
	['$p\\geq 5$, $p \\geq 5$, $\\Delta u$', 'p≥5, p ≥ 5, Δu'],
	['$10^{-3}$ and $L^2$ and H$_2$O and $x_i$', '10⁻³ and L² and H₂O and xᵢ'],
	['$M_\\mathrm{halo}$, $M_\\odot$, $u^q$, $L^\\infty$', 'Mₕₐₗₒ, M_⊙, u^q, L^∞'],
	['$C^{1,\\alpha}$ and $n^{-\\varepsilon_d}$', 'C^{1,α} and n^{-ε_d}'],
	['$\\mathbb{R}^N$, $\\mathcal{O}$, $\\mathfrak{g}$, $\\mathbb S^1$', 'ℝᴺ, 𝒪, 𝔤, 𝕊¹'],
	['${\\cal A}(f_z)$ and $\\cal{L}$', '𝒜(f_z) and ℒ'],
	['$\\R^N$, $\\Z_n$, $\\C$', 'ℝᴺ, ℤₙ, ℂ'],
	['$\\hat{G}$, $\\dot{H}$, $\\bar\\partial$, $\\Tilde{O}(n)$', 'Ĝ, Ḣ, ∂̄, Õ(n)'],
	['$C^{2}(\\overline{B_{1}})$', 'C²(\\overline{B_{1}})'],
	['$\\frac{10}{3}$, $\\frac{N+2}{N-2}$, $\\frac 32$, ${a \\over b+1}$', '10/3, (N+2)/(N-2), 3/2, a/(b+1)'],
	['$2\\sqrt{n}$ and $\\sqrt{n-4}$ and $\\sqrt[3]{x}$', '2√n and √(n-4) and ∛x'],
	['$\\log n$, $\\log(n)$, $\\psi\\log r$, $\\max\\{1,x\\}$', 'log n, log(n), ψ log r, max{1,x}'],
	['$\\left(A \\nabla \\right)$ and $\\|u\\|$ and $\\lvert x\\rvert$', '(A ∇) and ‖u‖ and |x|'],
	['$u>0\\text{ in }\\Omega,\\quad x$', 'u>0 in Ω, x'],
	['$x\\, , y$ and $a\\ b$ and $1{,}169$', 'x, y and a b and 1,169'],
	['$$\\left\\{\\begin{array}{ll} u=1, & x\\\\ v=0 & y\\end{array}\\right.$$', '{ u=1, x v=0 y'],
	['\\begin{cases} a & b\\\\ c & d \\end{cases}', '{ a b c d'],
	['\\begin{equation}\\label{e} x=1 \\tag{$LS$}\\end{equation} where', 'x=1 (LS) where'],
	['\\[ a=b, \\] with \\( W \\)', 'a=b, with W'],
	['$x\\not\\in A$ and $a \\neq b$', 'x∉A and a ≠ b'],
	['$(x,t)\\in\\real^N$ and $f_\\zbar$', '(x,t)∈\\realᴺ and f_\\zbar'],
	['$\\def\\DD{\\bf δ}\\newcommand{\\ZZ}{\\mathbb{Z}}$ Let $\\DD(C) \\in \\ZZ$', 'Let δ(C) ∈ ℤ'],
	['$\\newcommand{\\Re}{\\mathbb{R}}$We', 'We'],
	['\\newcommand{\\norm}[1]{\\|#1\\|}$\\norm{u}$', '‖u‖'],
	[
		'for n > 1$. This article develops a theory in an $L_p$-setting',
		'for n > 1$. This article develops a theory in an Lₚ-setting'
	],
	['the $\\bar\\partial-Neumann operator $N$ exists', 'the $∂̄-Neumann operator N exists'],
	['costs from $5 to $10 a day', 'costs from $5 to $10 a day'],
	['a cost of approximately $55. The code', 'a cost of approximately $55. The code'],
	['up to $10%$ and $7$--$9%$', 'up to 10% and 7–9%'],
	['$a=1 % a note\n+2$', 'a=1 +2'],
	['<i>resolution</i>, x<sup>2</sup>, CO<sub>2</sub>, A &amp; B', 'resolution, x², CO₂, A & B'],
	['it says <think> and a<b', 'it says <think> and a<b'],
	['$\\textit{DRA-GRPO}$', 'DRA-GRPO'],
	['at \\url{https://a.org/b_c} or \\href{https://a.org}{here}', 'at https://a.org/b_c or here'],
	['see https://a.org/~bob--x.html.', 'see https://a.org/~bob--x.html.'],
	['here $\\href{https://a.org}{now}$', 'here now'],
	['H\\alpha at 4500 \\AA and 5 \\times 10', 'Hα at 4500 Å and 5 × 10'],
	['$x\\sp{2}$ and $\\unicode{x3bc}$m', 'x² and μm'],
	['\\def\\x{y} ends in \\', 'ends in \\'],
	['e\u0301 and \u0007bell', 'é and bell']
];

test.each(TEXTS)('%s reads %s', (source, text) => {
	expect(readTitle(source).text).toBe(text);
});

const PAGES: [source: string, html: string | null][] = [
	['plain, A & B', null],
	['up $10^{-3}$, $95\\%$, $32\\times$', null],
	['H$_2$O at 24 $\\mu$m in $\\Lambda$CDM', null],
	['an $n$-th root', 'an <math><mi>n</mi></math>-th root'],
	['$L^2$ & more', '<math><msup><mi>L</mi><mn>2</mn></msup></math> &amp; more'],
	['$\\bar\\partial$', '<math><mover accent="true"><mi>∂</mi><mo stretchy="false">‾</mo></mover></math>'],
	['an \\emph{open} problem', 'an <em>open</em> problem'],
	['at https://a.org/x.', 'at <a href="https://a.org/x" rel="nofollow noopener">https://a.org/x</a>.'],
	['\\href{https://a.org}{here}', '<a href="https://a.org" rel="nofollow noopener">here</a>'],
	['\\href{javascript:alert(1)}{here}', null],
	['https://me:secret@a.org/', null],
	['$\\unknown{x}$ <b>', null]
];

test.each(PAGES)('%s is set as %s', (source, html) => {
	expect(readTitle(source).html).toBe(html);
});

test('a formula nests at most so deep, and leaves no more room than four letters', () => {
	const nested = (depth: number) => readTitle(`$${'{x^'.repeat(depth)}2${'}'.repeat(depth)}$`).html;
	expect(nested(10)).toMatch(/^<math>/);
	expect(nested(40)).toBeNull();
	expect(readTitle('$a\\hspace{500em}b^2$').html).toContain('<mspace width="4em">');
	expect(readTitle('$a\\rule{900em}{900em}b^2$').html).toContain('<mspace width="4em" height="4em">');
	expect(readTitle('$a\\hspace{1.5em}b^2$').html).toContain('<mspace width="1.5em">');
});

test('words in type of their own are text, however they are spaced', () => {
	const html = (tex: string) => readTitle(`$${tex}$`).html;
	expect(html('\\textbf \\rm  { two  words }')).toBeNull();
	expect(html('\\mathrm{x}^2')).toContain('<math>');
	const before = performance.now();
	for (let at = 0; at < 50; at++) html(`\\text${'a'.repeat(450)}${' '.repeat(450 + at)}^`);
	expect(performance.now() - before).toBeLessThan(500);
});

test('a formula of more than 1,000 characters, and the fifty-first, is shown as text', () => {
	expect(readTitle(`$${'x+'.repeat(501)}x$`).html).toBeNull();
	const many = readTitle('$x$ '.repeat(51)).html!;
	expect(many.match(/<math>/g)).toHaveLength(50);
});

const AUTHORS: [source: string[], names: string[]][] = [
	[
		['Gis\\`ele Ruiz Goldstein', 'Jerome A. Goldstein, Silvia Romanelli'],
		['Gisèle Ruiz Goldstein', 'Jerome A. Goldstein', 'Silvia Romanelli']
	],
	[
		['Nicolas Schaeffer (IECL)', 'A. Author (1 and 2), (Univ. of X)'],
		['Nicolas Schaeffer', 'A. Author']
	],
	[
		["Joao Marcos do \\'O", 'Sammy Davis, Jr.', 'Goldstein, Jerome'],
		['Joao Marcos do Ó', 'Sammy Davis, Jr.', 'Goldstein, Jerome']
	],
	[
		['Ann Lee and Bo Li', 'The LIGO Scientific Collaboration, the Virgo Collaboration'],
		['Ann Lee', 'Bo Li', 'The LIGO Scientific Collaboration, the Virgo Collaboration']
	],
	[
		['Tony Lelièvre (CERMICS', 'MATHERIALS)', 'M. K"ummel', ':'],
		['Tony Lelièvre', 'M. Kümmel']
	],
	[['{Jan} Pr\\"uss', '  ', ''], ['Jan Prüss']]
];

test.each(AUTHORS)('%j are %j', (source, names) => {
	expect(readNames(source)).toEqual(names);
});

test('a name has one key however it is written', () => {
	for (const name of ['José Villa-Morales', 'Jose  Villa Morales', "Jos\\'e Villa-Morales", 'JOSÉ VILLA–MORALES'])
		expect(nameKey(readName(name))).toBe('jose villa morales');
	expect(nameKey('J.-P. Øster')).toBe('j p oster');
	expect(nameKey('Łukasz Strauß')).toBe('lukasz strauss');
	expect(nameKey("do O'Brien")).toBe(nameKey('do O’Brien'));
	expect(nameKey('王小明')).toBe('王小明');
	expect(nameAddress('jose villa morales')).toBe('jose-villa-morales');
	expect(nameAddress('a/b?王 小')).toBe('a/b?王-小');
});

describe('the gist', () => {
	const source = 'Masks are hard. In this work, we prove $L^2$ bounds, e.g. for $p$.\n  Code is at https://a.org/x.';

	test('is the sentence without its lead, in text and in HTML', () => {
		const { gist } = readAbstract(source);
		expect(gist.text).toBe('We prove L² bounds, e.g. for p.');
		expect(gist.html).toBe(
			'We prove <math><msup><mi>L</mi><mn>2</mn></msup></math> bounds, e.g. for <math><mi>p</mi></math>.'
		);
	});

	test('taken out, leaves the rest of the abstract', () => {
		const { gist, ...abstract } = readAbstract(source);
		expect(withoutGist(abstract, gist)).toEqual({
			text: 'Masks are hard. Code is at https://a.org/x.',
			html: 'Masks are hard. Code is at <a href="https://a.org/x" rel="nofollow noopener">https://a.org/x</a>.'
		});
	});

	test('of one sentence leaves nothing, of none is empty', () => {
		const { gist, ...abstract } = readAbstract('In this paper, we consider every finite group of odd order.');
		expect(gist.text).toBe('We consider every finite group of odd order.');
		expect(withoutGist(abstract, gist)).toEqual({ text: '', html: null });
		expect(readAbstract('').gist).toEqual({ text: '', html: null });
	});
});

/*
 * All 300 records with their answers. A further reading counts where the record is ambiguous, and white space does not
 * count: other readings of it are as good.
 */
const DIFFERENT_ON_PURPOSE: Record<string, string> = {
	'2601.14377 abstract': '“that ~21% of” keeps its tilde (docs/decisions/0011)'
};

test('the 300 records of fixtures/tex.jsonl read as expected', () => {
	const [sources, answers] = ['tex.jsonl', 'tex-expected.jsonl'].map(lines);
	expect(sources).toHaveLength(300);
	const wrong = sources!.flatMap((source, at) => {
		const read = {
			title: readTitle(source.title).text,
			authors: readNames(source.authors),
			abstract: readAbstract(source.abstract).text
		};
		return (['title', 'authors', 'abstract'] as const)
			.filter((field) => field in answers![at] && !accepted(answers![at], field).includes(packed(read[field])))
			.map((field) => `${source.id} ${field}`);
	});
	expect(wrong.filter((name) => !(name in DIFFERENT_ON_PURPOSE))).toEqual([]);
});

function lines(file: string): any[] {
	return readFileSync(new URL(`fixtures/${file}`, import.meta.url), 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line));
}

function accepted(answer: any, field: string) {
	return [answer[field], ...(answer.alternatives?.[field] ?? [])].map(packed);
}

function packed(value: unknown) {
	return JSON.stringify(value).replace(/\s+/g, '');
}
