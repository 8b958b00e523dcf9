export type Alphabet = 'double' | 'script' | 'fraktur';

const EXCEPTIONS: Record<Alphabet, Record<string, string>> = {
	double: { C: 'ℂ', H: 'ℍ', N: 'ℕ', P: 'ℙ', Q: 'ℚ', R: 'ℝ', Z: 'ℤ', Γ: 'ℾ', Π: 'ℿ' },
	script: { B: 'ℬ', E: 'ℰ', F: 'ℱ', H: 'ℋ', I: 'ℐ', L: 'ℒ', M: 'ℳ', R: 'ℛ', e: 'ℯ', g: 'ℊ', o: 'ℴ' },
	fraktur: { C: 'ℭ', H: 'ℌ', I: 'ℑ', R: 'ℜ', Z: 'ℨ' }
};
const FIRST = { double: [0x1d538, 0x1d552], script: [0x1d49c, 0x1d4b6], fraktur: [0x1d504, 0x1d51e] } as const;

/** Commands that take letters to one of the alphabets of mathematics. */
export const ALPHABETS = new Map<string, Alphabet>([
	['mathbb', 'double'],
	['Bbb', 'double'],
	['mathbbm', 'double'],
	['mathds', 'double'],
	['mathcal', 'script'],
	['mathscr', 'script'],
	['Cal', 'script'],
	['EuScript', 'script'],
	['mathfrak', 'fraktur'],
	['frak', 'fraktur']
]);

/** The letters of a text in an alphabet of mathematics; everything else stays. */
export function inAlphabet(alphabet: Alphabet, text: string): string {
	return text.replace(/[A-Za-z0-9ΓΠ]/g, (character) => letter(alphabet, character));
}

function letter(alphabet: Alphabet, character: string): string {
	const exception = EXCEPTIONS[alphabet][character];
	if (exception) return exception;
	const code = character.charCodeAt(0);
	if (code > 0x7a) return character;
	if (code < 0x41) return alphabet === 'double' ? String.fromCodePoint(0x1d7d8 + code - 0x30) : character;
	const [upper, lower] = FIRST[alphabet];
	return String.fromCodePoint(code < 0x61 ? upper + code - 0x41 : lower + code - 0x61);
}
