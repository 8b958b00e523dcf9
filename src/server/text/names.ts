import { withAsciiLetters } from './letters.ts';
import { plainText } from './tex/prose.ts';
import { withoutUnseen } from './unseen.ts';

/** No name has more characters; the longest of a million is a collaboration's. */
const LONGEST = 500;
/** No paper has more names, even where one entry of its list holds many. */
const MOST = 10_000;

/** A person's name in plain text: TeX decoded, braces and affiliations dropped. */
export function readName(source: string): string {
	const decoded = plainText(source.slice(0, LONGEST).replace(/\$\^?\{?[\d,*\\a-z]*\}?\$$/, ''));
	return (
		withoutAffiliations(withoutUnseen(decoded).replace(/\s+/g, ' '))
			.replace(/[\p{Cc}\p{Cs}\p{Co}{}]/gu, '')
			// An umlaut that has lost its backslash: K"ummel.
			.replace(/(?<=\p{L})"([aou])/gu, '$1\u0308')
			.replace(/^[\s,;/]+|[\s,;*]+$/g, '')
			.normalize('NFC')
	);
}

/** The names of an author list, in order; an entry that holds several is split, an empty one goes. */
export function readNames(sources: string[]): string[] {
	return withoutAffiliationParts(sources)
		.flatMap((source) => split(readName(source)))
		.filter((name) => /\p{L}/u.test(name))
		.slice(0, MOST);
}

/** Under which one finds everybody of that name: lower case without marks; stops, hyphens and spaces are one space. */
export function nameKey(name: string): string {
	const lowered = name
		.normalize('NFKD')
		.replace(/[’‘ʼ`´]/g, "'")
		.replace(/\p{M}/gu, '')
		.toLowerCase();
	return withAsciiLetters(lowered)
		.replace(/[\s.\p{Pd}_,/]+/gu, ' ')
		.trim();
}

/** What names an author's page in its address; encoded where the address is written. */
export function nameAddress(key: string): string {
	return key.replaceAll(' ', '-');
}

function withoutAffiliations(name: string) {
	let rest = name;
	// From inside out, so that brackets in brackets go whole; four deep is more than any record has.
	for (let round = 0; round < 4; round++) rest = rest.replace(/\s*\([^()]*\)/g, '');
	return rest.replace(/\s*\([^()]*$/, '');
}

/** Some sources split an affiliation at its commas: "Ann Lee (CERMICS", "MATHERIALS)". */
function withoutAffiliationParts(sources: string[]) {
	const kept: string[] = [];
	for (let at = 0; at < sources.length; at++) {
		kept.push(sources[at]!);
		if (/\([^()]*$/.test(sources[at]!)) {
			const end = sources.slice(at + 1, at + 8).findIndex((source) => /^[^()]*\)/.test(source));
			at += end + 1;
		}
	}
	return kept;
}

const SUFFIX = /^(jr|sr|ii|iii|iv|v|md|phd|ph\.d|m\.d|esq)\.?$/i;
/** Entries that name a group, a place or a role hold commas and "and" of their own. */
const GROUP =
	/\b(collaboration|team|consortium|university|institute|department|group|laborator|center|centre|school|college|inc|ltd|project|committee|survey|network|society|observatory)/i;

function split(entry: string): string[] {
	if (!/[,;]| and | & /.test(entry) || GROUP.test(entry)) return [entry];
	const parts = entry.split(/\s*[,;]\s*(?:and\s+)?|\s+(?:and|&)\s+/).filter((part) => part !== '');
	const names: string[] = [];
	for (const part of parts) {
		if (SUFFIX.test(part) && names.length > 0) names.push(`${names.pop()}, ${part}`);
		else names.push(part);
	}
	// "Surname, Given" is one name: only parts of two words or more stand for themselves.
	return names.every((name) => /\S[\s.]+\S/.test(name)) ? names : [entry];
}
