import { isAscii } from './runs.ts';
import { LONGEST_WORD } from './stems.ts';

export interface Piece {
	start: number;
	end: number;
}

/** More pieces than a name has: a hash, a key, a row of amino acids. */
const MOST = 8;

/**
 * What a run is put together of, in the order of `start`; nothing for a word like others.
 *
 * - Letters before digits: `GPT4` is GPT and 4, but `3D` stays. A version goes with its letter: `YOLOv8` is YOLO and v8.
 * - Capitals, where every piece has three letters: `MaskNet` is Mask and Net, `PyTorch` stays.
 * - Chinese and Japanese, which are written without spaces: each two neighbours, and what else stands between.
 */
export function piecesOf(run: string): Piece[] {
	if (run.length < 2 || /^.[a-z]*$/u.test(run)) return [];
	if (!isAscii(run) && UNSPACED.test(run)) return unspacedPieces(run.slice(0, LONGEST_WORD));
	if (run.length > LONGEST_WORD) return [];
	const pieces = piecesBetween(run, 0, DIGITS);
	const all = (pieces.length > 1 ? pieces : []).concat();
	for (const piece of pieces) all.push(...capitalPieces(run.slice(piece.start, piece.end), piece.start));
	return all.length > MOST ? [] : all.sort((a, b) => a.start - b.start);
}

const NAMED = String.raw`(?:\p{L}{4}[vV]|\p{Lu}{3}v|\p{L}{2}\p{Ll}V)`;
const BEFORE_VERSION = String.raw`(?<=\p{L}{4})(?=[vV]\p{N})|(?<=\p{Lu}{3})(?=v\p{N})|(?<=\p{L}{2}\p{Ll})(?=V\p{N})`;
const DIGITS = new RegExp(String.raw`${BEFORE_VERSION}|(?<=\p{L})(?<!${NAMED})(?=\p{N})`, 'u');
const CAPITALS = /(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u;

function capitalPieces(run: string, start: number) {
	const pieces = piecesBetween(run, start, CAPITALS);
	const isName = pieces.every(({ start: from, end }) => /^\p{N}*\p{L}{3}/u.test(run.slice(from - start, end - start)));
	return pieces.length > 1 && isName ? pieces : [];
}

function piecesBetween(run: string, start: number, borders: RegExp): Piece[] {
	let end = start;
	return run.split(borders).map((piece) => ({ start: end, end: (end += piece.length) }));
}

const SCRIPTS = String.raw`\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー`;
const UNSPACED = new RegExp(`[${SCRIPTS}]`, 'u');
const STRETCH = new RegExp(`[${SCRIPTS}]+|[^${SCRIPTS}]+`, 'gu');

function unspacedPieces(run: string): Piece[] {
	const stretches = [...run.matchAll(STRETCH)];
	return stretches.flatMap(({ 0: stretch, index }) => {
		const characters = UNSPACED.test(stretch) ? Array.from(stretch) : [stretch];
		// One or two alone are the run itself.
		if (stretches.length === 1 && characters.length < 3) return [];
		return neighbours(characters, index);
	});
}

function neighbours(characters: string[], start: number): Piece[] {
	const pieces: Piece[] = [];
	for (let at = 0; at < Math.max(1, characters.length - 1); at++) {
		const length = characters[at]!.length + (characters[at + 1]?.length ?? 0);
		pieces.push({ start, end: start + length });
		start += characters[at]!.length;
	}
	return pieces;
}
