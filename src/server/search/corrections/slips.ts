const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
/** All spellings that are looked up for one query; a word of ten letters has 530 that are one slip away. */
const MOST = 1_200;

/** Where letters are exchanged twice; of more letters there would be too many. */
const FEWEST_LETTERS = 6;
const MOST_LETTERS = 16;

/**
 * The spellings that are one slip away from one of the words, or two exchanges of letters. The words share a bounded number of
 * them: when they have used it up, a word has only those with letters exchanged or one left out. The shortest come first,
 * since a long word can be found otherwise.
 */
export function spellingsNear(words: readonly string[]): string[] {
	let left = MOST;
	return words
		.toSorted((one, other) => one.length - other.length)
		.flatMap((word) => {
			const few = [...exchanged(word), ...exchangedTwice(word), ...shortened(word)];
			const many = [...changed(word), ...lengthened(word)];
			const spellings = few.length + many.length <= left ? [...few, ...many] : few.slice(0, Math.max(0, left));
			left -= spellings.length;
			return [...new Set(spellings)].filter((spelling) => spelling !== word);
		});
}

function exchanged(word: string) {
	return places(word.length - 1).map((at) => word.slice(0, at) + word[at + 1] + word[at] + word.slice(at + 2));
}

/** In a longer word only, and not the same letter twice. */
function exchangedTwice(word: string) {
	if (word.length < FEWEST_LETTERS || word.length > MOST_LETTERS) return [];
	return places(word.length - 3).flatMap((at) => {
		const rest = word.slice(at + 2);
		return exchanged(rest).map((ending) => word.slice(0, at) + word[at + 1] + word[at] + ending);
	});
}

function shortened(word: string) {
	return places(word.length).map((at) => word.slice(0, at) + word.slice(at + 1));
}

function changed(word: string) {
	return places(word.length).flatMap((at) =>
		[...LETTERS].map((letter) => word.slice(0, at) + letter + word.slice(at + 1))
	);
}

function lengthened(word: string) {
	return places(word.length + 1).flatMap((at) =>
		[...LETTERS].map((letter) => word.slice(0, at) + letter + word.slice(at))
	);
}

const places = (count: number) => Array.from({ length: count }, (_, at) => at);
