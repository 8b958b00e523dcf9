import { isStopWord, wordsIn } from '#server/text/words.ts';

/** What was typed so far, as completions need it. */
export interface Beginning {
	/** Without the name of the field that it is for. */
	text: string;
	/** The finished words. */
	whole: { word: string; stem: string }[];
	/** The unfinished one at the end; null after a space. */
	last: string | null;
	/** Whether the field that is typed, if one is named, asks for these. */
	wants(what: 'text' | 'author' | 'category'): boolean;
}

/** Nobody waits for completions of more; the end is what is being typed. */
const LONGEST = 200;
const MOST_WORDS = 8;

const FIELD = /(?:^|[\s(])(title|ti|abstract|abs|author|au|category|cat):"?([^":]*)$/i;
const WANTED: Record<string, 'text' | 'author' | 'category'> = {
	title: 'text',
	ti: 'text',
	abstract: 'text',
	abs: 'text',
	author: 'author',
	au: 'author',
	category: 'category',
	cat: 'category'
};

export function beginningIn(typed: string): Beginning {
	const end = typed.slice(-LONGEST);
	const [, field, inField] = FIELD.exec(end) ?? [];
	const text = inField ?? end;
	const words = wordsIn(text).filter(({ kind }) => kind === 'plain');
	const isUnfinished = words.length > 0 && /[\p{L}\p{M}\p{N}]$/u.test(text);
	const finished = isUnfinished ? words.slice(0, -1) : words;
	return {
		text,
		whole: finished.filter(({ word }) => !isStopWord(word)).slice(-MOST_WORDS),
		last: isUnfinished ? words.at(-1)!.word : null,
		wants: (what) => field === undefined || WANTED[field.toLowerCase()] === what
	};
}
