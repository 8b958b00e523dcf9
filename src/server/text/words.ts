import { analysed, type Analysed } from './words/analysed.ts';
import { foldRun } from './words/folding.ts';
import { runsIn, standTogether, type Run } from './words/runs.ts';
import { LONGEST_WORD, stemOf } from './words/stems.ts';

export { stemOf };

/** Of what this file and its folder make: a change of any word or stem is a new version, and papers are analysed again. */
export const WORDS_VERSION = 1;

/** A word as it is searched for. */
export interface Word {
	/** Folded: letters and digits alone, lower case, without marks; at most 64 of them. */
	word: string;
	stem: string;
	/** Where it stands in the text, in UTF-16 units; `end` is behind it. */
	start: number;
	end: number;
	/**
	 * `plain`: a maximal run of letters and digits. `joined`: the runs of a compound put together (`k-means`: k, kmeans,
	 * means). `part`: a piece of a run (`ResNet50`: resnet50, resnet, res, net, 50).
	 */
	kind: 'plain' | 'joined' | 'part';
}

/** A compound of more runs has no joined word: `state-of-the-art` is the longest that anybody writes as one. */
const MOST_JOINED = 4;

/** The words of any text, in the order of `start`; in time that grows with its length (0.1 ms for an abstract). */
export function wordsIn(text: string): Word[] {
	const words: Word[] = [];
	let compound: AnalysedRun[] = [];
	for (const run of runsIn(text)) {
		const before = compound.at(-1);
		if (before && !standTogether(text, before, run)) {
			addCompound(words, compound);
			compound = [];
		}
		const { word, stem, parts } = analysed(text.slice(run.start, run.end));
		compound.push({ word, stem, parts, start: run.start, end: run.end, after: run.after });
	}
	addCompound(words, compound);
	return words;
}

/** Its maximal runs of letters and digits alone. */
export function plainWords(text: string): Word[] {
	return wordsIn(text).filter(({ kind }) => kind === 'plain');
}

/** A text as its plain words, with single spaces: `Schrödinger’s k-Means` is `schrodinger k means`. A word stays itself. */
export function folded(text: string): string {
	return runsIn(text)
		.map(({ start, end }) => analysed(text.slice(start, end)).word)
		.filter((word) => word !== '')
		.join(' ');
}

/** So frequent that it tells nothing: counted for no search, but kept where a phrase is looked for. */
export function isStopWord(word: string): boolean {
	return STOP_WORDS.has(word);
}

const STOP_WORDS = new Set(
	'a an and are as at be been by can for from has have in is it its of on or our such than that the their these this to was we were which with'.split(
		' '
	)
);

type AnalysedRun = Analysed & Run;

function addCompound(words: Word[], compound: AnalysedRun[]) {
	let joined = compound.length > 1 && compound.length <= MOST_JOINED ? joinedWord(compound) : null;
	for (const { word, stem, start, end, parts } of compound) {
		if (word !== '') words.push({ word, stem, start, end, kind: 'plain' });
		if (joined) words.push(joined);
		joined = null;
		for (const part of parts)
			words.push({ word: part.word, stem: part.stem, start: start + part.start, end: start + part.end, kind: 'part' });
	}
}

function joinedWord(compound: AnalysedRun[]): Word | null {
	// A run may have no letter.
	const runs = compound.map(({ word }) => word).filter((word) => word !== '');
	const all = runs.join('');
	if (runs.length < 2 || all.length > LONGEST_WORD) return null;
	const word = foldRun(all);
	return { word, stem: stemOf(word), start: compound[0]!.start, end: compound.at(-1)!.end, kind: 'joined' };
}
