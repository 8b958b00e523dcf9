import type { AskedWords } from './asked-words.ts';
import type { Reading } from './reading.ts';

/** What of the query a paper has, and where. */
export interface Findings {
	/** Per asked stem four counts: title, abstract, and their compounds. */
	counts: Uint16Array;
	/** Per asked word whether a name of an author has it. */
	inNames: Uint8Array;
	/** Per pair of the query how often it stands so: in the title, in the abstract. */
	adjacent: Uint16Array;
	titleLength: number;
	abstractLength: number;
	/** How much of the title was asked for, by number of words. */
	titleShare: number;
}

export const SECTIONS = 4;

/** Asked stems have the first numbers of the vocabulary that the paper was read with. */
export function findingsIn(reading: Reading, asked: AskedWords): Findings {
	const stems = asked.stems.length;
	const sections = [reading.title, reading.abstract, reading.titleCompounds, reading.abstractCompounds];
	const counts = new Uint16Array(stems * SECTIONS);
	for (const [section, numbers] of sections.entries()) {
		for (const number of numbers) if (number < stems) counts[number * SECTIONS + section]! += 1;
	}
	return {
		counts,
		inNames: Uint8Array.from(asked.words, ({ folded }) => (reading.authors.includes(` ${folded} `) ? 1 : 0)),
		adjacent: adjacentIn(reading, asked),
		titleLength: reading.title.length,
		abstractLength: reading.abstract.length,
		titleShare: shareBelow(stems, reading.title)
	};
}

function adjacentIn({ title, abstract }: Reading, { stems, pairs }: AskedWords) {
	const adjacent = new Uint16Array(pairs.length * 2);
	for (const [section, numbers] of [title, abstract].entries()) {
		for (let at = 1; at < numbers.length; at++) {
			const [before, number] = [numbers[at - 1]!, numbers[at]!];
			if (before >= stems.length || number >= stems.length) continue;
			const pair = pairs.findIndex(([first, second]) => first === before && second === number);
			if (pair >= 0) adjacent[pair * 2 + section]! += 1;
		}
	}
	return adjacent;
}

function shareBelow(stems: number, numbers: Int32Array) {
	let asked = 0;
	for (const number of numbers) if (number < stems) asked += 1;
	return numbers.length === 0 ? 0 : asked / numbers.length;
}
