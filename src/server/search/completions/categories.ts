import { CATEGORY_NAMES } from '#server/papers/category-names.ts';

const FEWEST_LETTERS = 2;
const SHOWN = 4;

const CATEGORIES = Object.entries(CATEGORY_NAMES).map(([code, name]) => ({
	code,
	name,
	spelled: code.toLowerCase(),
	words: wordsOf(name)
}));

/** The categories whose code begins so, then those whose name has a word that begins so, for each word typed. */
export function categoriesLike(typed: string): { code: string; name: string }[] {
	const text = typed.trim().toLowerCase();
	if (text.length < FEWEST_LETTERS) return [];
	const asked = wordsOf(text);
	const byCode = CATEGORIES.filter(({ spelled }) => spelled.startsWith(text));
	const byName = CATEGORIES.filter((category) => !byCode.includes(category) && isNamed(category.words, asked));
	return [...byCode, ...byName].slice(0, SHOWN).map(({ code, name }) => ({ code, name }));
}

function isNamed(words: readonly string[], asked: readonly string[]) {
	return asked.length > 0 && asked.every((beginning) => words.some((word) => word.startsWith(beginning)));
}

function wordsOf(text: string) {
	return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
