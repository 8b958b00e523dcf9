import { oneLine } from '#server/text/one-line.ts';

/** A name cut for a bibliography, or left whole where a cut would be a guess. */
export type NameParts = { literal: string } | { given: string; particle: string; family: string; suffix: string };

const PARTICLES = new Set(
	`af al bin binti da das de del della dela den der des di do dos du el la las le los of 't te ter ten van vom von zu zum zur`.split(
		' '
	)
);
const BETWEEN_FAMILY_NAMES = new Set(['e', 'i', 'y']);
const SUFFIX = /^(?:Jr\.?|Sr\.?|II|III|IV)$/;
const GROUP =
	/\b(?:and|collaborations?|consorti(?:um|a)|teams?|groups?|project|network|survey|laborator(?:y|ies)|labs?|institute|university|committee|community|authors|contributors)\b/i;
const ODD = /[^\p{L}\p{M}\p{Pd}\s.'’‘`"“”]/u;

/**
 * Cuts "Ludwig van Beethoven" into given name, particle and family name. Only lower-case particles are taken for one
 * ("Luc Van Gool" and "Tuan Van Pham" look alike); groups, single words and names with anything but letters stay whole.
 */
export function namePartsOf(name: string): NameParts | null {
	const whole = oneLine(name).replace(/,$/, '');
	if (!/\p{L}/u.test(whole)) return null;
	const words = whole.replace(/, (?=(?:Jr|Sr)\.?$)/, ' ').split(' ');
	const suffix = SUFFIX.test(words.at(-1)!) ? words.pop()! : '';
	if (words.length < 2 || ODD.test(words.join(' ')) || GROUP.test(whole)) return { literal: whole };
	const start = familyStart(words);
	const named = words.slice(start);
	const particles = named.findIndex((word) => !PARTICLES.has(word));
	return {
		given: words.slice(0, start).join(' '),
		particle: named.slice(0, particles).join(' '),
		family: named.slice(particles).join(' '),
		suffix
	};
}

// Where the family name begins: at the first particle, one word before a joining "y", else at the last word.
function familyStart(words: readonly string[]) {
	const last = words.length - 1;
	for (let index = 1; index < last; index++) {
		if (PARTICLES.has(words[index]!)) return index;
		if (index > 1 && BETWEEN_FAMILY_NAMES.has(words[index]!)) return index - 1;
	}
	return last;
}
