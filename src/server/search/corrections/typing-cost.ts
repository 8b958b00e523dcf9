/** What each slip of the fingers counts, whatever the keyboard: two letters exchanged are the most common, then one too many. */
const EXCHANGED = 0.6;
const DOUBLED = 0.8;
const OTHER = 1;
/** Hardly anybody mistypes the first letter. */
const FIRST_LETTER = 0.4;

/**
 * How far apart two spellings are: Damerau's distance with weights, each letter taking part in one slip (optimal string
 * alignment). `Infinity` beyond `most`, which ends the work early.
 */
export function typingCost(typed: string, meant: string, most: number): number {
	if (Math.abs(typed.length - meant.length) > most / DOUBLED) return Infinity;
	let [before, last] = [[] as number[], Array.from({ length: meant.length + 1 }, (_, at) => at * OTHER)];
	for (let row = 1; row <= typed.length; row++) {
		const costs = [row * OTHER];
		for (let column = 1; column <= meant.length; column++) {
			costs[column] = Math.min(
				last[column - 1]! + (typed[row - 1] === meant[column - 1] ? 0 : OTHER),
				last[column]! + oneLetter(typed, row),
				costs[column - 1]! + oneLetter(meant, column),
				isExchange(typed, row, meant, column) ? before[column - 2]! + EXCHANGED : Infinity
			);
		}
		if (Math.min(...costs) > most && Math.min(...last) > most) return Infinity;
		[before, last] = [last, costs];
	}
	const cost = last[meant.length]! + (typed[0] === meant[0] ? 0 : FIRST_LETTER);
	return cost > most ? Infinity : cost;
}

/** A letter too many or too few, at the 1-based place. */
function oneLetter(word: string, place: number) {
	return place > 1 && word[place - 1] === word[place - 2] ? DOUBLED : OTHER;
}

function isExchange(typed: string, row: number, meant: string, column: number) {
	return row > 1 && column > 1 && typed[row - 1] === meant[column - 2] && typed[row - 2] === meant[column - 1];
}
