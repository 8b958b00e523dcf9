/** 1184 → "1,184". */
export function figure(count: number) {
	// toLocaleString costs 10 µs a number, and a page has hundreds.
	return count < 1000 ? String(count) : count.toLocaleString('en-GB');
}

/** A count with its noun: "1 paper", "39 papers", "no papers". */
export function papers(count: number) {
	return counted(count, 'paper');
}

export function counted(count: number, noun: string) {
	return `${count === 0 ? 'no' : figure(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** Places in words as far as words are short: "ninth", then "21st". */
export function ordinal(place: number) {
	const words = [
		'first',
		'second',
		'third',
		'fourth',
		'fifth',
		'sixth',
		'seventh',
		'eighth',
		'ninth',
		'tenth',
		'eleventh',
		'twelfth'
	];
	const word = words[place - 1];
	if (word) return word;
	const ending = place % 100 >= 11 && place % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][place % 10] ?? 'th');
	return `${figure(place)}${ending}`;
}
