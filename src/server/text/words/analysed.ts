import { foldRun } from './folding.ts';
import { piecesOf } from './pieces.ts';
import { remembered } from './remembered.ts';
import { LONGEST_WORD, stemOf } from './stems.ts';

/** A run as it is searched for, and the pieces it is put together of; `start` and `end` count from its start. */
export interface Analysed {
	word: string;
	stem: string;
	parts: readonly Part[];
}

export interface Part {
	word: string;
	stem: string;
	start: number;
	end: number;
}

/** The analysis of a run as `runsIn` gives it. Its word is empty where no letter stays, as of ½. */
export function analysed(run: string): Analysed {
	// What is longer comes once, if not from somebody who wants to fill the memory.
	return run.length > LONGEST_WORD ? analyse(run) : rememberedAnalysis(run);
}

// About 10 MB; makes the analysis of abstracts three times as fast.
const rememberedAnalysis = remembered(30_000, analyse);

function analyse(run: string): Analysed {
	const word = foldRun(run);
	return { word, stem: stemOf(word), parts: partsOf(run) };
}

const NONE: Part[] = [];

function partsOf(run: string) {
	const pieces = piecesOf(run);
	if (pieces.length === 0) return NONE;
	return pieces
		.map(({ start, end }) => ({ word: foldRun(run.slice(start, end)), start, end }))
		.filter(({ word }) => word !== '')
		.map((part) => ({ ...part, stem: stemOf(part.word) }));
}
