/**
 * A text for a terminal, with its control and format characters written out as `\u001b`: what a file holds, and how it is called, must
 * not move the cursor or colour what follows. JSON stays the same JSON.
 */
export function printable(text: string) {
	return text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (sign) =>
		sign.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
	);
}

/** The same for a text of several lines. */
export const printableLines = (text: string) => text.split('\n').map(printable).join('\n');
