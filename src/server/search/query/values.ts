import { canonicalCategory } from '#server/papers/categories.ts';
import { paperKeyOf } from '#server/papers/paper-key.ts';
import { rangeOf } from './ranges.ts';
import type { AttributeName, Leaf, RangeName } from './tree.ts';

// As paper-attributes.ts calls them.
const LICENCES = new Set('cc-by cc-by-sa cc-by-nc cc-by-nd cc-by-nc-sa cc-by-nc-nd cc0 arxiv other'.split(' '));
// As papers have them (paper-record.ts).
const CATEGORY = /^[a-z][a-z-]{1,19}(?:\.[a-z-]{2,12})?$/i;
const LONGEST_NAME = 100;

/** `cat:cs.CV`, `year:2023..2025` and their like; null where the value is none. */
export function valueOf(name: AttributeName | RangeName, text: string): Leaf | null {
	if (name === 'year' || name === 'date' || name === 'version') return rangeOf(name, text);
	const value = VALUES[name](text);
	return value ? { kind: 'attribute', name, value } : null;
}

const VALUES: Readonly<Record<AttributeName, (text: string) => string | null>> = {
	id: paperKeyOf,
	has: (text) => (/^(?:code|project)$/i.test(text) ? text.toLowerCase() : null),
	licence: licenceOf,
	category: categoryOf,
	organisation: (text) => (/[\p{L}\p{N}]/u.test(text) && text.length <= LONGEST_NAME ? text : null)
};

/** `CC BY-SA 4.0` is cc-by-sa. */
function licenceOf(text: string) {
	const name = text
		.toLowerCase()
		.replace(/[\s_-]+/g, '-')
		.replace(/-\d\.\d$/, '');
	return LICENCES.has(name) ? name : null;
}

/** `cs.*` is everything under cs, and so is `cs`. */
function categoryOf(text: string) {
	const name = text.replace(/\.\*$/, '');
	return CATEGORY.test(name) ? canonicalCategory(name) : null;
}
