import fc from 'fast-check';
import { expect, test } from 'vitest';
import { latexText } from './latex-text.ts';

test.each([
	['plain words, 3:4 (really)', 'plain words, 3:4 (really)'],
	['50% of R&D #1 a_b', '50\\% of R\\&D \\#1 a\\_b'],
	['$x^2$', '{\\textdollar}x{\\textasciicircum}2{\\textdollar}'],
	['\\input{/etc/passwd}', '{\\textbackslash}input{\\textbraceleft}/etc/passwd{\\textbraceright}'],
	['a~b <c> |d|', 'a{\\textasciitilde}b {\\textless}c{\\textgreater} {\\textbar}d{\\textbar}'],
	['“Erdős–Rényi”', "``Erd{\\H{o}}s--R{\\'{e}}nyi''"],
	['Łódź, Øresund, straße, Çelik', "{\\L}{\\'{o}}d{\\'{z}}, {\\O}resund, stra{\\ss}e, {\\c{C}}elik"],
	['α-decay, ΔE ≤ 10⁻³', '{$\\alpha$}-decay, {$\\Delta$}E {$\\leq$} 10{$^{-3}$}'.replace('-3', '−3')],
	['H₂O, xᵦₓ', 'H{$_{2}$}O, x{$_{{\\beta}x}$}'],
	[
		'ℝⁿ, 𝒪(n), 𝔤, 𝔸, 𝐱, 𝛼',
		'{$\\mathbb{R}$}{$^{n}$}, {$\\mathcal{O}$}(n), {$\\mathfrak{g}$}, {$\\mathbb{A}$}, {$\\mathbf{x}$}, {$\\alpha$}'
	],
	['tiếng 日本語', 'tiếng 日本語'],
	['two\r\nlines\u0000', 'two lines']
])('%j is set as %s', (text, latex) => {
	expect(latexText(text)).toBe(latex.replace('−', '-'));
});

test('text runs no command, opens no brace and breaks no line', () => {
	const part = fc.oneof(
		fc.string({ unit: 'binary' }),
		fc.constantFrom('\\', '{', '}', '$', '^^5c', '%', '\\write18{id}', '\\input', '\n', '²', '₂', 'α', 'é', '𝒪')
	);
	fc.assert(
		fc.property(fc.array(part), (parts) => {
			const latex = latexText(parts.join(''));
			expect(isInert(latex)).toBe(true);
		}),
		{ numRuns: 2000 }
	);
});

// Without the commands that the tables can write, nothing is left that TeX would act on.
function isInert(latex: string) {
	const rest = latex
		.replace(/\\[&#%_]/g, '')
		.replace(
			/\{\\(?:text(?:dollar|backslash|brace(?:left|right)|ascii(?:circum|tilde)|less|greater|bar)|[a-zA-Z]{1,2}|ldots|copyright)\}/g,
			''
		)
		.replace(/\{\\[`'^~=u."rHvdckb]\{[A-Za-z]\}\}/g, '')
		.replace(/\{\$[_^]\{(?:[^\\{}$]|\{\\[a-z]+\})+\}\$\}/gi, '')
		.replace(/\{\$(?:\^?\\[A-Za-z]+(?:\{[A-Za-z0-9]\})?|[A-Za-z0-9-])\$\}/g, '');
	return !/[\\{}$#%&_^~\p{Cc}\u2028\u2029]/u.test(rest);
}
