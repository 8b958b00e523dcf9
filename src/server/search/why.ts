/** What of a query a paper has. */
export interface Findings {
	/** How many words of the title are asked for. */
	inTitle: number;
	inAbstract: number;
	/** Whether an author was asked for and is one of the paper's. */
	isAuthor: boolean;
	/** Words that were asked for and are not there, as they were typed. */
	missing: readonly string[];
	/** Words that were found in place of others that no paper has. */
	respelled: readonly string[];
	/** Whether meaning brought it here, or moved it up. */
	byMeaning: boolean;
}

/** In a line, why a paper is among the results. Empty where nothing was asked for in words. */
export function whyFound(findings: Findings): string {
	const places = placesOf(findings);
	if (places.length === 0) return findings.byMeaning ? 'Near in meaning, by other words' : '';
	return `Found ${listed(places)}${additionsTo(findings)}`;
}

function placesOf({ inTitle, inAbstract, isAuthor }: Findings): string[] {
	const places = [...(isAuthor ? ['among the authors'] : []), ...(inTitle > 0 ? ['in title'] : [])];
	if (inAbstract === 0) return places;
	if (places.length === 0) return [inAbstract === 1 ? 'in abstract' : `in abstract, ${times(inAbstract)}`];
	return [...places, `${times(inAbstract)} in the abstract`];
}

/** "in title, and 6 times in the abstract". */
function listed(places: readonly string[]) {
	return places.length === 1 ? places[0]! : `${places.slice(0, -1).join(', ')}, and ${places.at(-1)!}`;
}

function additionsTo({ missing, respelled, byMeaning }: Findings) {
	const spelled = respelled.length > 0 ? `, spelled ${quoted(respelled, 'and')}` : '';
	const lacking = missing.length > 0 ? `, without ${quoted(missing, 'or')}` : '';
	return spelled + lacking + (byMeaning ? ', by word and by meaning' : '');
}

function quoted(words: readonly string[], joint: string) {
	const all = words.map((word) => `“${word}”`);
	return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} ${joint} ${all.at(-1)!}`;
}

function times(count: number) {
	if (count === 1) return 'once';
	return count === 2 ? 'twice' : `${count} times`;
}
