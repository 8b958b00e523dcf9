import { withAsciiLetters } from '../letters.ts';
import { remembered } from './remembered.ts';
import { isAscii } from './runs.ts';
import { LONGEST_WORD } from './stems.ts';

/** A run as it is searched for: see `Word`. */
export function foldRun(run: string): string {
	if (isAscii(run)) return run.replaceAll("'", '').toLowerCase().slice(0, LONGEST_WORD);
	const letters = lettersOf(run).normalize('NFC');
	return cut(isGreekWord(letters) ? letters : withGreekNames(letters));
}

/** Of a run with more, such as a letter under a thousand marks, the rest is not read. */
const LONGEST_RUN = 1000;

function lettersOf(run: string) {
	let letters = '';
	for (const character of run.slice(0, LONGEST_RUN)) {
		letters += lettersOfCharacter(character);
		if (letters.length >= LONGEST_WORD) break;
	}
	return cut(letters);
}

// Sixty thousand would be all of Unicode's first plane; few texts need a hundred.
const lettersOfCharacter = remembered(5_000, decomposed);

const UNWANTED = /[\p{M}\p{Default_Ignorable_Code_Point}'’‘ʼʻʽʹ]/gu;

function decomposed(character: string) {
	// Twice: some letters decompose only in lower case.
	const lowered = character.normalize('NFKD').toLowerCase().normalize('NFKD').replace(UNWANTED, '');
	const letters = withAsciiLetters(lowered).replaceAll('ς', 'σ');
	// What holds a sign, such as ½, is no letter or digit. A syllable of Hangul is one again, not three.
	return /^[\p{L}\p{N}]*$/u.test(letters) ? letters.normalize('NFC') : '';
}

/** Four Greek letters on end are a word of that language, fewer are mathematics: αβ is `alphabeta`, λόγος is `λογοσ`. */
function isGreekWord(letters: string) {
	return /^\p{Script=Greek}{4,}$/u.test(letters);
}

function withGreekNames(letters: string) {
	return letters.replace(/[α-ω]/g, (letter) => GREEK[letter.charCodeAt(0) - 0x3b1]!);
}

// From α to ω, as Unicode has them: the final sigma stands before the other.
const GREEK =
	'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon phi chi psi omega'.split(
		' '
	);

function cut(letters: string) {
	return letters.slice(0, LONGEST_WORD).replace(/[\ud800-\udbff]$/, '');
}
