import { stemmer } from 'stemmer';
import { singularOf } from './plurals.ts';
import { remembered } from './remembered.ts';
import { inOneSpelling } from './spelling.ts';

/** No word has more characters. */
export const LONGEST_WORD = 64;

/**
 * What a folded word has in common with its other forms: British and American spelling are made alike, then irregular
 * plurals, then Porter's algorithm (1980) drops the endings. A word with digits or of another script stays.
 */
export function stemOf(word: string): string {
	return /^[a-z]{3,}$/.test(word) ? rememberedStem(word) : word;
}

const rememberedStem = remembered(30_000, madeStem);

function madeStem(word: string) {
	// Short names of things, not plurals: NAS, ROS, GIS.
	if (/^[a-z][aeiou]s$/.test(word) && singularOf(word) === word) return word;
	const spelled = inOneSpelling(singularOf(word));
	const stem = stemmer(spelled);
	return APART.get(stem)?.find((beginning) => spelled.startsWith(beginning)) ?? stem;
}

// Words of which Porter makes one, though a reader looks for one of them: the beginning that sets them apart is their stem.
const APART = new Map(
	[
		'activ activat activit',
		'addit additiv',
		'anim animal',
		'author authorit authoriz',
		'commun communit',
		'continu continual',
		'critic critical',
		'determin determinant',
		'digit digital',
		'effect effectiv',
		'experi experienc',
		'express expressiv',
		'gener general generic',
		'import importan',
		'intern internat',
		'mechan mechanism',
		'numer numerou',
		'object objectiv',
		'organ organiz organism',
		'posit positiv',
		'reason reasonabl',
		'sever several',
		'transform transformer',
		'univers universit'
	].map((line) => {
		const [stem, ...beginnings] = line.split(' ');
		return [stem!, beginnings] as const;
	})
);
