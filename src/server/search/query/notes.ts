import type { Reading } from './leaves.ts';
import { printQuery } from './print.ts';
import { type Tree, wantedLeaves } from './tree.ts';

/** Something that a query's reader should know. `words` are what it is about, in quotation marks; some kinds have none. */
export interface Note {
	kind: 'ignored' | 'cut' | 'read-as-words' | 'unbalanced' | 'stop-words' | 'only-exclusions';
	words: string;
}

/** A query is read so far. */
export const MOST_CHARACTERS = 10_000;

const NAMED = 10;
const LONGEST_NAMED = 60;

const SENTENCES: Readonly<Record<Note['kind'], (words: string) => string>> = {
	ignored: (words) => `A search takes 32 words and conditions. Left out: ${words}.`,
	cut: () => 'A search takes 10,000 characters. What comes after them was left out.',
	'read-as-words': (words) => `Not understood, so searched for as words: ${words}.`,
	unbalanced: () => 'A parenthesis or quotation mark has no other half, and was left out.',
	'stop-words': (words) => `Left out, since nearly every paper has it: ${words}.`,
	'only-exclusions': (words) => `This only says what to leave out: ${words}. Add a word to look for.`
};

export function noteSentence({ kind, words }: Note): string {
	return SENTENCES[kind](words);
}

/** What is to be said of a query that was read into `tree`. */
export function notesOf(reading: Reading, tree: Tree | null, isCut: boolean): Note[] {
	const { ignored, odd, isUnbalanced, stopped, stoppedPhrases } = reading;
	const stops = tree ? stoppedPhrases : [...stopped, ...stoppedPhrases];
	const isOnlyExclusions = tree !== null && wantedLeaves(tree).length === 0;
	return [
		...(isCut ? [{ kind: 'cut', words: '' } as const] : []),
		...named('read-as-words', odd),
		...(isUnbalanced ? [{ kind: 'unbalanced', words: '' } as const] : []),
		...named('stop-words', stops),
		...named('ignored', ignored),
		...named('only-exclusions', isOnlyExclusions ? [printQuery(tree)] : [])
	];
}

/** The first ten, and how many more there are. */
function named(kind: Note['kind'], texts: readonly string[]): Note[] {
	const distinct = [...new Set(texts)];
	if (distinct.length === 0) return [];
	const first = distinct.slice(0, NAMED).map((text) => `“${shortened(text)}”`);
	const more = distinct.length - first.length;
	return [{ kind, words: more > 0 ? `${first.join(', ')} and ${more} more` : first.join(', ') }];
}

function shortened(text: string) {
	return text.length > LONGEST_NAMED ? `${text.slice(0, LONGEST_NAMED).toWellFormed()}…` : text;
}
