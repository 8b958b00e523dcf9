import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeHtml } from './escape.ts';
import { nameKey, readNames } from './names.ts';
import { readAbstract, readTitle, withoutGist, type Passage } from './tex.ts';

const ELEMENTS = new Set(
	'a em math mrow mi mn mo mtext mspace ms msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mstyle mpadded mphantom mmultiscripts mprescripts none'.split(
		' '
	)
);
const ATTRIBUTES =
	/^(?: (?:display="block"|class="(?:tml-(?:left|right)|wide)"|tabindex="0"|(?:mathvariant|stretchy|form|symmetric|movablelimits|displaystyle|accent|scriptlevel)="[a-z0-9]+"|(?:minsize|maxsize|width|height|linethickness)="-?[\d.]+(?:em|pt|px|ex)"|(?:columnspan|rowspan)="\d"))*$/;
const LINK = /^ href="https?:\/\/[^"<>\s]+" rel="nofollow noopener"$/;

/** Well-formed, and of nothing but the elements and attributes that a passage may have. Returns what is wrong. */
function faultOf(html: string): string | null {
	const open: string[] = [];
	let at = 0;
	for (const tag of html.matchAll(/<(\/?)([a-z]+)((?: [a-z]+="[^"<>]*")*)>/g)) {
		if (/[<>]/.test(html.slice(at, tag.index))) return `stray sign before ${tag.index}`;
		at = tag.index + tag[0].length;
		const [, end, name, attributes] = tag;
		if (!ELEMENTS.has(name!)) return `element ${name}`;
		if (end ? open.pop() !== name : !(name === 'a' ? LINK : ATTRIBUTES).test(attributes!)) return `tag ${tag[0]}`;
		if (!end) open.push(name!);
	}
	if (/[<>]/.test(html.slice(at)) || /&(?!(?:amp|lt|gt|quot|#39);)/.test(html)) return 'stray sign';
	return open.length > 0 ? `open: ${open.join(' ')}` : null;
}

function expectSound(passage: Passage) {
	expect(passage.text).not.toMatch(/[\p{Cc}\p{Cs}]|^\s|\s$|\s\s/u);
	expect(passage.text).toBe(passage.text.normalize('NFC'));
	if (passage.html === null) return;
	expect(faultOf(passage.html)).toBeNull();
	expect(passage.html).not.toBe(escapeHtml(passage.text));
}

const PARTS = fc.constantFrom(
	..."$ $$ { } \\ \\( \\) \\[ \\] ^ _ ^{ _{ & # % ~ ` `` ' '' \" - -- < > . , ; : a Z 0 α é 𝒜 ́ ( ) | = \\\\ \\left \\right \\left( \\right. \\frac \\frac{1}{2} \\sqrt[3] \\sqrt \\hat \\bar\\partial \\mathbb{R} \\mathcal \\cal \\text{ \\textsuperscript{ \\emph{ {\\it \\texttt{ \\url{ \\href{ \\href{https://a.org}{ javascript:alert(1) https://a.org/b http://u:p@h.org \\cite{ \\footnote{ \\item[ \\begin{cases} \\end{cases} \\begin{equation} \\end{equation} \\over \\not \\tag{ \\label{x} \\unicode{xD800} \\def\\x{\\x\\x} \\newcommand{\\y}[1]{#1} \\x \\y \\v \\c \\'e \\\"{ \\o \\i <sub> </sub> <i> </i> <script> <img onerror=x> &lt; &#60; &#x3c; &amp; \\class{a}{b} \\style{x}{y} \\color{red} \\includegraphics{x}".split(
		' '
	),
	' ',
	'\n',
	'We propose ',
	'In this paper, we '
);
const HOSTILE = fc.oneof(
	fc.array(PARTS, { maxLength: 60 }).map((parts) => parts.join('')),
	fc.string({ unit: 'binary', maxLength: 200 })
);

describe('whatever a source holds', () => {
	test('a title is plain text without control characters, and well-formed HTML of few elements', () => {
		fc.assert(
			fc.property(HOSTILE, (source) => expectSound(readTitle(source))),
			{ numRuns: 2000 }
		);
	});

	test('so are an abstract, its gist, and the rest without it', () => {
		fc.assert(
			fc.property(HOSTILE, (source) => {
				const { gist, ...abstract } = readAbstract(source);
				expectSound(gist);
				expectSound(abstract);
				expectSound(withoutGist(abstract, gist));
			}),
			{ numRuns: 1000 }
		);
	});

	test('a text without signs is read as it is', () => {
		fc.assert(
			fc.property(fc.array(fc.stringMatching(/^[A-Za-z0-9.,;:()]{1,12}$/), { minLength: 1 }), (words) => {
				expect(readTitle(words.join('\n '))).toEqual({ text: words.join(' '), html: null });
			})
		);
	});

	test('names are without braces and control characters, and a key of a key is itself', () => {
		fc.assert(
			fc.property(HOSTILE, (source) => {
				for (const name of readNames([source])) expect(name).not.toMatch(/[{}\p{Cc}\p{Cs}]|^\s|\s$/u);
				expect(nameKey(nameKey(source))).toBe(nameKey(source));
			})
		);
	});
});

const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf'];
const COMMANDS =
	"\\NAME \\hat\\begin{NAME} \\frac\\end{NAME}x \\sqrt[NAME]{x} \\sqrt[\\text{NAME}]{x} \\left\\NAME \\not\\NAME \\hat{NAME} \\mathcal{NAME} x^{NAME} x_\\NAME \\text{\\NAME} \\'NAME \\c\\NAME \\operatorname{NAME} \\color{NAME}x \\unicode{NAME} \\upNAME \\tag{NAME} \\def\\NAME{x}\\NAME \\newcommand{\\NAME}{x}\\NAME &NAME; <NAME> <sub>&NAME;</sub>".split(
		' '
	);

test('the names that every object of JavaScript has are names like others', () => {
	const commands = COMMANDS.flatMap((command) => INHERITED.map((name) => command.replaceAll('NAME', name)));
	for (const command of commands)
		for (const source of [command, `$${command}$`, `$x^2 ${command}$`]) {
			const passage = readTitle(source);
			expectSound(passage);
			expect(passage.text + passage.html).not.toMatch(/native code|\[object|undefined/);
		}
});

const REPEATED =
	"$|{|}|^|\\|\\\\|\\[|\\(|$$|$^|$x^{|$\\text{$|{$|$%|\\frac|\\frac{|\\left(|$\\sqrt[|\\begin{equation}|\\begin{cases}|\\href{|\\url{|\\cite[|\\item[|{\\it |\\emph{|\\'{|\\\"\\|``|<sub>|<i>|&|https://a.b/(|\\newcommand{\\a}{\\a\\a}|\\def\\a{\\a\\a}\\a|In this paper, |. . |(|((a|~| |.|?|!\\item[$|$\u0301(|\\' {|\\x.$$|$a$. A".split(
		'|'
	);

/** Milliseconds of this thread's own work, whatever else the machine does. */
function worked(work: () => void): number {
	const before = process.threadCpuUsage();
	work();
	const { user, system } = process.threadCpuUsage(before);
	return (user + system) / 1000;
}

test('64 KB of anything are read in time that grows with their length', () => {
	const whole = worked(() => {
		for (const part of REPEATED) readTitle(part.repeat(Math.ceil(65_536 / part.length)));
	});
	// A hundred milliseconds each on an idle machine at most; a square of the length would take minutes.
	expect(whole / REPEATED.length).toBeLessThan(500);
});

test('30,000 dollars, 30,000 braces, 20,000 fractions and scripts on scripts take less than a second in all', () => {
	const sources = [
		'$'.repeat(30_000),
		'{'.repeat(30_000),
		'\\frac'.repeat(20_000),
		`$${'x^'.repeat(20_000)}$`,
		`$${'^'.repeat(480)}$`
	];
	expect(worked(() => sources.forEach((source) => readAbstract(source)))).toBeLessThan(1000);
});
