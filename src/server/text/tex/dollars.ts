/** A formula in a text: where it stands, and what stands between its signs. */
export interface Formula {
	start: number;
	end: number;
	tex: string;
	display: boolean;
}

const LONGEST = 4000;
const ENVIRONMENT =
	/\\begin\s*\{((?:equation|align|aligned|alignat|flalign|gather|gathered|multline|eqnarray|displaymath|math|cases|array|split|[pbBvV]?matrix)\*?)\}/y;

/**
 * The formulas of a text, in order. A dollar that opens nothing plausible (a price, one without its partner) stays text.
 * Linear: a formula is looked for over at most 4,000 characters.
 */
export function formulasIn(source: string): Formula[] {
	if (!/[$]|\\[([]|\\begin/.test(source)) return [];
	const found: Formula[] = [];
	const search: Search = { source, next: new Map(), left: 500_000 };
	const odd = (source.match(/(?<!\\)\$/g) ?? []).length % 2 === 1;
	for (let at = 0; at < source.length; at++) {
		const character = source[at];
		const formula = character === '\\' ? fenced(search, at) : character === '$' ? dollars(search, at, odd) : null;
		if (formula) {
			found.push({ ...formula, tex: withoutComments(formula.tex) });
			at = formula.end - 1;
		} else if (character === '\\') at++;
	}
	return found;
}

interface Search {
	source: string;
	/** Where each closing sign was last found, so that no stretch is searched twice for it. */
	next: Map<string, number>;
	/** So many characters may still be looked at for closing dollars; hostile texts need more, real ones a hundredth. */
	left: number;
}

function fenced(search: Search, at: number): Formula | null {
	const { source } = search;
	const next = source[at + 1];
	if (next === '(' || next === '[') return delimited(search, at, at + 2, next === '(' ? '\\)' : '\\]', next === '[');
	if (next !== 'b') return null;
	ENVIRONMENT.lastIndex = at;
	const name = ENVIRONMENT.exec(source)?.[1];
	if (!name) return null;
	const end = endOf(source, at, name);
	return end < 0 ? null : { start: at, end, tex: source.slice(at, end), display: true };
}

function delimited(
	{ source, next }: Search,
	start: number,
	from: number,
	close: string,
	display: boolean
): Formula | null {
	const known = next.get(close) ?? 0;
	const at = known >= from ? known : source.indexOf(close, from);
	next.set(close, at < 0 ? Infinity : at);
	if (at < 0 || at - from > LONGEST) return null;
	return { start, end: at + close.length, tex: source.slice(from, at), display };
}

function endOf(source: string, at: number, name: string) {
	const within = source.slice(at, at + LONGEST);
	let [depth, from] = [0, 0];
	const [open, close] = [`\\begin{${name}}`, `\\end{${name}}`];
	for (let rounds = 0; rounds < 20; rounds++) {
		const end = within.indexOf(close, from);
		if (end < 0) return -1;
		const inner = within.indexOf(open, from);
		if (inner >= 0 && inner < end) [depth, from] = [depth + 1, inner + open.length];
		else if (--depth > 0) from = end + close.length;
		else return at + end + close.length;
	}
	return -1;
}

function dollars(search: Search, at: number, odd: boolean): Formula | null {
	const { source } = search;
	if (source[at + 1] === '$') {
		const display = delimited(search, at, at + 2, '$$', true);
		if (display && !isProse(display.tex, odd) && !/[^\\]\$/.test(withoutText(display.tex))) return display;
		return { start: at, end: at + 2, tex: '', display: false };
	}
	const close = partner(search, at);
	if (close < 0) return null;
	const tex = source.slice(at + 1, close);
	const isPrice = /^\d/.test(tex) && /\s[(~]?$/.test(tex) && /\d/.test(source[close + 1] ?? '');
	return isPrice || isProse(tex, odd) ? null : { start: at, end: close + 1, tex, display: false };
}

/** The dollar that closes the one at `open`; dollars in braces belong to a text inside the formula. */
function partner(search: Search, open: number) {
	const { source } = search;
	let first = -1;
	let depth = 0;
	const end = Math.min(source.length, open + LONGEST, open + search.left);
	for (let at = open + 1; at < end; at++) {
		const character = source[at];
		if (character === '\\') at++;
		else if (character === '{') depth++;
		else if (character === '}') {
			if (--depth < 0) break;
		} else if (character === '$') {
			if (depth === 0) return at;
			if (first < 0) first = at;
			if (!/\\(text\w*|mbox|hbox|tag)\s*\{[^{}]*$/.test(source.slice(Math.max(open, at - 120), at))) break;
			search.left -= 120;
		}
		search.left--;
	}
	return first >= 0 ? first : depth < 0 ? nextDollar(source, open) : -1;
}

function nextDollar(source: string, open: number) {
	const found = /(?<!\\)\$/g;
	found.lastIndex = open + 1;
	const at = found.exec(source.slice(0, open + LONGEST))?.index ?? -1;
	return at;
}

/** Words in a row, outside texts and commands, are prose that fell between two strange dollars. */
function isProse(tex: string, odd: boolean) {
	if (tex.length < 8) return false;
	const bare = withoutText(tex);
	return odd
		? /(?<![\\a-zA-Z])[A-Za-z]{2,}[,;]?\s+[a-z]{3,}(?![a-zA-Z])/.test(bare)
		: /(?<![\\a-zA-Z])[A-Za-z]{2,}[,;]?(\s+[a-z]{2,}[,;]?){3}(?![a-zA-Z])/.test(bare);
}

function withoutText(tex: string) {
	return tex
		.replace(
			/\\(text\w*|mbox|hbox|emph|mathrm|mathit|mathbf|operatorname|tag|label)\*?\s*\{[^{}]*(\{[^{}]*\}[^{}]*)*\}/g,
			' '
		)
		.replace(/\{\\(rm|it|em|bf|sf|tt)\b[^{}]*\}/g, ' ')
		.replace(/\\[a-zA-Z]+/g, '\\');
}

/**
 * A comment ends with its line. Where the record has lost its line breaks, only a command that directly follows is
 * plainly commented out; behind a number the sign is meant (`$10%$`).
 */
function withoutComments(tex: string) {
	if (!tex.includes('%')) return tex;
	return tex
		.replace(/(\d\s?)%(?=\s*($|[-,.;)]))/g, '$1\\%')
		.replace(/(^|[^\\])%[^\n]*\n/g, '$1')
		.replace(/(^|[^\\])%(\\(?!right|end)[a-zA-Z]+(\{[^{}]*(\{[^{}]*\}[^{}]*)*\})?)?/g, '$1');
}
