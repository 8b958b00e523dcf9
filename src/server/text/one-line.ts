// Control characters, and the marks that turn the direction of writing round (Trojan Source, CVE-2021-42574).
const INVISIBLE = /[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu;

/** Foreign text as one line: white space and line ends of every kind are one space, control characters are dropped. */
export function oneLine(text: string) {
	return text
		.replace(/[\s\u0085]+/g, ' ')
		.replace(INVISIBLE, '')
		.replace(/ {2,}/g, ' ')
		.trim()
		.normalize('NFC');
}
