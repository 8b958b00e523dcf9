import { escapeHtml } from '../escape.ts';
import { withoutUnseen } from '../unseen.ts';

/*
 * Classes that our MathML may carry, for the stylesheet:
 *   mtd.tml-left, mtd.tml-right   alignment of a column (text-align)
 *   math.wide                     may be wider than the page, and scrolls
 * All other classes and every style of Temml are dropped: they correct single glyphs of single browsers.
 */
const CLASSES = new Set(['tml-left', 'tml-right']);

const ELEMENTS = new Set(
	'math mrow mi mn mo mtext mspace ms msup msub msubsup mfrac msqrt mroot mover munder munderover mtable mtr mtd mstyle mpadded mphantom mmultiscripts mprescripts none'.split(
		' '
	)
);
const ATTRIBUTES = new Map(
	Object.entries({
		display: /^block$/,
		mathvariant: /^normal$/,
		stretchy: /^(true|false)$/,
		form: /^(prefix|postfix|infix)$/,
		symmetric: /^true$/,
		minsize: /^[\d.]+em$/,
		maxsize: /^[\d.]+em$/,
		movablelimits: /^false$/,
		displaystyle: /^(true|false)$/,
		scriptlevel: /^[012]$/,
		width: /^-?[\d.]+(em|pt|px|ex)$/,
		height: /^[\d.]+(em|pt|px|ex)$/,
		linethickness: /^0(px|em|pt)?$/,
		accent: /^true$/,
		columnspan: /^\d$/,
		rowspan: /^\d$/,
		tabindex: /^0$/
	})
);

/** What Temml wrote, with nothing in it but known elements and attributes, as short as it may be; else null. */
export function tidyMathML(html: string): string | null {
	const root = parsed(html);
	return root && shown(scrolling(simplified(root)));
}

/** Longer than this, in characters shown, a formula may be wider than a phone. */
const WIDE = 20;

/** A formula that may be wider than the page scrolls by itself, and can be reached by keyboard to do so. */
function scrolling(math: Element): Element {
	if (math.attributes.get('display') !== 'block' && textIn(math).length <= WIDE) return math;
	return { ...math, attributes: new Map([...math.attributes, ['class', 'wide'], ['tabindex', '0']]) };
}

function textIn(node: Element | string): string {
	return typeof node === 'string' ? node : node.children.map(textIn).join('');
}

interface Element {
	name: string;
	attributes: Map<string, string>;
	children: (Element | string)[];
}

/** Elements in elements. A formula that is meant has half as many; more would be for the browser to lay out. */
const DEEPEST = 30;

/** Reads what Temml wrote; null where it holds an element we do not know, or nests too deep. */
function parsed(html: string): Element | null {
	const top: Element = { name: 'top', attributes: new Map(), children: [] };
	const open = [top];
	for (const [, end, name, attributes, selfClosed, text] of html.matchAll(
		/<(\/?)([a-zA-Z]+)((?:\s[a-zA-Z-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/g
	)) {
		if (text !== undefined) open.at(-1)!.children.push(text);
		else if (end) open.pop();
		else {
			if (!ELEMENTS.has(name!) && name !== 'menclose') return null;
			const element: Element = { name: name!, attributes: allowed(attributes!), children: [] };
			open.at(-1)?.children.push(element);
			if (!selfClosed && open.push(element) > DEEPEST) return null;
		}
	}
	const root = top.children[0];
	return typeof root === 'object' && root.name === 'math' && top.children.length === 1 ? root : null;
}

function allowed(attributes: string) {
	const kept = new Map<string, string>();
	for (const [, name, value] of attributes.matchAll(/\s([a-zA-Z-]+)="([^"]*)"/g)) {
		if (name === 'style' && value!.includes('math-depth:0')) kept.set('accent-mark', '');
		if (name === 'notation' && /^(top|bottom)$/.test(value!)) kept.set(value!, '');
		if (name === 'class') {
			const classes = value!.split(' ').filter((word) => CLASSES.has(word));
			if (classes.length > 0) kept.set('class', classes.join(' '));
		} else if (ATTRIBUTES.get(name!)?.test(value!)) kept.set(name!, SIZES.has(name!) ? sized(value!) : value!);
	}
	return kept;
}

const SIZES = new Set(['width', 'height', 'minsize', 'maxsize']);
const EM: Record<string, number> = { em: 1, ex: 0.5, px: 1 / 16, pt: 1 / 12 };

/** A size of at most 4 em either way: the largest bracket has 3. */
function sized(size: string) {
	const ems = parseFloat(size) * EM[size.slice(-2)]!;
	return Math.abs(ems) <= 4 ? size : `${4 * Math.sign(ems)}em`;
}

/** Drops what changes nothing on the page: wrappers, empty spaces, attributes that the operator dictionary implies. */
function simplified(element: Element): Element {
	const children = element.children.map((child) => (typeof child === 'string' ? child : simplified(child)));
	const isRow =
		element.name === 'mrow' || element.name === 'math' || element.name === 'msqrt' || element.name === 'mtd';
	const kept = isRow ? children.flatMap(flattened).filter(isVisible) : children;
	const made: Element = { ...element, children: kept };
	if (element.name === 'menclose') return lined(made);
	if (element.name === 'mover' || element.name === 'munder') markAccent(made);
	if (isRow) for (const [at, child] of kept.entries()) plainOperator(child, at === 0, at === kept.length - 1);
	if (element.name === 'mpadded') made.name = 'mrow';
	const only = made.children[0];
	if (made.name === 'mrow' && made.children.length === 1 && typeof only === 'object') return only;
	return made;
}

function flattened(child: Element | string): (Element | string)[] {
	if (typeof child === 'string' || child.name !== 'mrow') return [child];
	const stretches = child.children.some(
		(inner) => typeof inner === 'object' && inner.name === 'mo' && inner.attributes.get('stretchy') === 'true'
	);
	return stretches ? [child] : child.children;
}

function isVisible(child: Element | string) {
	if (typeof child === 'string') return true;
	if (child.name === 'mspace') return child.attributes.has('width') && parseFloat(child.attributes.get('width')!) !== 0;
	return !(child.name === 'mo' && textIn(child) === '\u2061');
}

/** `menclose` is not in MathML Core: a line over or under something is an accent that stretches. */
function lined({ children, attributes }: Element): Element {
	const inner: Element = { name: 'mrow', attributes: new Map(), children };
	const isOver = attributes.has('top');
	if (!isOver && !attributes.has('bottom')) return inner;
	const line: Element = { name: 'mo', attributes: new Map([['stretchy', 'true']]), children: [isOver ? '‾' : '_'] };
	return {
		name: isOver ? 'mover' : 'munder',
		attributes: isOver ? new Map([['accent', 'true']]) : new Map(),
		children: [children.length === 1 ? children[0]! : inner, line]
	};
}

function markAccent(made: Element) {
	const mark = made.children[1];
	if (typeof mark === 'object' && mark.attributes.delete('accent-mark') && made.name === 'mover')
		made.attributes.set('accent', 'true');
}

function plainOperator(child: Element | string, isFirst: boolean, isLast: boolean) {
	if (typeof child === 'string' || child.name !== 'mo') return;
	const sign = textIn(child);
	if (
		/^[()[\]{}⟨⟩⌊⌋⌈⌉]$/.test(sign) ||
		(isFirst && child.attributes.get('form') === 'prefix') ||
		(isLast && child.attributes.get('form') === 'postfix')
	)
		child.attributes.delete('form');
	if (!/^[()[\]{}⟨⟩|‖⌊⌋⌈⌉]$/.test(sign) && child.attributes.get('stretchy') === 'false')
		child.attributes.delete('stretchy');
}

function shown(element: Element): string {
	const attributes = [...element.attributes]
		.filter(([name]) => name === 'class' || ATTRIBUTES.has(name))
		.map(([name, value]) => ` ${name}="${value}"`);
	const inner = element.children.map((child) =>
		typeof child === 'string' ? escapeHtml(withoutUnseen(decoded(child))) : shown(child)
	);
	return `<${element.name}${attributes.join('')}>${inner.join('')}</${element.name}>`;
}

function decoded(text: string) {
	return text.replace(
		/&(amp|lt|gt|quot|#x27|#39|nbsp);/g,
		(_, name: string) => ({ amp: '&', lt: '<', gt: '>', quot: '"', nbsp: '\u00a0' })[name] ?? "'"
	);
}
