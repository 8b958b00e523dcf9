const LETTERS: Record<string, string> = {
	ø: 'o',
	ł: 'l',
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	đ: 'd',
	ð: 'd',
	þ: 'th',
	ı: 'i',
	ŋ: 'ng',
	ħ: 'h',
	ĸ: 'k'
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** Of a text in lower case: the Latin letters that no decomposition turns into those of ASCII, written in those. */
export function withAsciiLetters(text: string): string {
	return text.replace(LETTER, (letter) => LETTERS[letter]!);
}
