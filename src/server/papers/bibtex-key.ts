import { nameKey } from '#server/text/names.ts';
import { dateParts, type CitedPaper } from './cited-paper.ts';
import { namePartsOf } from './name-parts.ts';

const SMALL_WORDS = new Set(
	'a an and are as at be by can do does for from how in into is it its of on or the to towards toward via what when where which why with'.split(
		' '
	)
);

/** `hinojosa2024colormae`: the first author's family name, the year, the first word of the title that says something. */
export function bibtexKey(paper: CitedPaper) {
	const [first] = paper.authors.slice(0, 5).flatMap((name) => namePartsOf(name) ?? []);
	const family = first && ('literal' in first ? first.literal : first.particle + first.family);
	const words = paper.title.split(/[\s\p{P}]+/u, 40).map(plain);
	const word = words.find((word) => word && !SMALL_WORDS.has(word)) ?? '';
	return `${plain(family ?? '').slice(0, 40) || 'paper'}${dateParts(paper)[0] ?? ''}${word.slice(0, 40)}`;
}

/** The keys with those that repeat lettered: key, keyb, keyc, … keyz, keyaa. */
export function distinct(keys: readonly string[]) {
	const taken = new Set<string>();
	const next = new Map<string, number>();
	const wanted = new Set(keys);
	return keys.map((key) => {
		let own = key;
		for (let number = next.get(key) ?? 2; taken.has(own); number++) {
			const lettered = key + lettersOf(number);
			if (!wanted.has(lettered)) own = lettered;
			next.set(key, number + 1);
		}
		taken.add(own);
		return own;
	});
}

function lettersOf(number: number): string {
	const rest = Math.floor((number - 1) / 26);
	return (rest ? lettersOf(rest) : '') + String.fromCharCode(97 + ((number - 1) % 26));
}

function plain(text: string) {
	return nameKey(text).replace(/[^a-z0-9]/g, '');
}
