import temml from 'temml';
import { characterOf } from './cursor.ts';
import type { Formula } from './dollars.ts';
import { tidyMathML } from './mathml-tree.ts';

/** Commands that records use and Temml does not know; the plain text reads them alike. */
const MACROS = Object.fromEntries(
	[
		...['R', 'C', 'Z', 'N', 'Q'].flatMap((letter) =>
			[letter, letter + letter].map((name) => [name, `\\mathbb{${letter}}`])
		),
		['Cal', '\\mathcal'],
		['farcs', '.″'],
		['farcm', '.′'],
		['fdg', '.°']
	].map(([name, meaning]) => [`\\${name}`, meaning!])
);

const remembered = new Map<string, string | null>();
const MOST_REMEMBERED = 4000;

/**
 * A formula as presentation MathML without annotation or styles, or null where Temml does not understand it.
 * Formulas repeat within a paper and between papers (half of them in 155,770 records), so up to 4,000 are remembered;
 * then all are forgotten, which costs less than to keep an order among them.
 */
export function mathML({ tex, display }: Formula): string | null {
	const key = (display ? 'D' : 'T') + tex;
	const known = remembered.get(key);
	if (known !== undefined) return known;
	const made = rendered(tex, display);
	if (remembered.size >= MOST_REMEMBERED) remembered.clear();
	remembered.set(key, made);
	return made;
}

function rendered(tex: string, display: boolean): string | null {
	try {
		// An error is thrown rather than drawn: a formula with an error is shown as plain text.
		const options = {
			displayMode: display,
			throwOnError: true,
			trust: false,
			maxSize: [10, 10] as [number, number],
			maxExpand: 200,
			macros: { ...MACROS }
		};
		return tidyMathML(temml.renderToString(prepared(tex), options));
	} catch {
		return null; // Temml refuses it, or it nests too deep for the stack: the plain text stands.
	}
}

function prepared(tex: string) {
	return (
		tex
			.replace(/\\label\s*\{[^{}]*\}/g, '')
			.replace(/\\[mh]box(?![a-zA-Z])/g, '\\text')
			.replace(/\\boldmath(?![a-zA-Z])/g, '')
			// A number of the source's own is no number here.
			.replace(/\\(begin|end)\s*\{(equation|align|alignat|gather|multline)\}/g, '\\$1{$2*}')
			.replace(/\\(begin|end)\s*\{eqnarray\*?\}/g, '\\$1{align*}')
			.replace(/\\mathbbm(?![a-zA-Z])/g, '\\mathbb')
			.replace(/\\unicode\{x([0-9a-f]{1,5})\}/gi, (_, code: string) => characterOf(code))
			.replace(/\\s([pb])(?=\s*\{)/g, (_, script: string) => (script === 'p' ? '^' : '_'))
			.replace(/\\(limits|nolimits)(?![a-zA-Z])/g, (limits, _name, at: number) =>
				/\\(lim|sum|prod|int|max|min|sup|inf|big\w+|operatorname\*?\{[^{}]*\})\s*$/.test(
					tex.slice(Math.max(0, at - 60), at)
				)
					? limits
					: ''
			)
			.replace(/%[^\n]*\n/g, ' ')
	);
}
