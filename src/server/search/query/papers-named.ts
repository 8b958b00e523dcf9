import { type KeyAndVersion, keyAndVersion } from '#server/papers/paper-key.ts';

// A page of Broadsheet, at whatever address: /papers/2401.12345v2.
const OUR_PAGE = /^(?:https?:\/\/[^\s/]{1,253})?\/papers\/([^\s?#]{1,100})(?:[?#]\S*)?$/i;

/** The papers that a text names and says nothing else: ids, DOIs and addresses, set apart by spaces or commas. */
export function papersNamed(text: string): KeyAndVersion[] {
	// Every id has four digits side by side or more.
	if (!/\d{4}/.test(text)) return [];
	const whole = paperNamed(text);
	if (whole) return [whole];
	const papers: KeyAndVersion[] = [];
	for (const part of text.split(/[\s,;]+/)) {
		const paper = part === '' ? null : paperNamed(part);
		if (part !== '' && !paper) return [];
		if (paper) papers.push(paper);
	}
	return papers;
}

function paperNamed(text: string): KeyAndVersion | null {
	return keyAndVersion(OUR_PAGE.exec(text)?.[1] ?? text);
}
