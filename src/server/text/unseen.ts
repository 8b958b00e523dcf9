// What is not shown and turns, parts or hides the text around it: marks of direction (Trojan Source, CVE-2021-42574),
// zero-width spaces, fillers, tags. Variants of a character are none of these, and joiners have a rule of their own.
const UNSEEN = /[\p{Default_Ignorable_Code_Point}--[\p{Variation_Selector}\u200c\u200d]]/gv;
// Persian and the scripts of India need one between two of their letters, and so does an emoji of several.
const JOINED = String.raw`[[\p{Lo}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}]--[\p{Script=Han}\u0300-\u036f]]`;
const STRAY_JOINER = new RegExp(String.raw`(?<!${JOINED})[\u200c\u200d]|[\u200c\u200d](?!${JOINED})`, 'gv');

/** A text without the characters that no reader sees and that serve to hide or to deceive. Words keep their joiners. */
export function withoutUnseen(text: string): string {
	return text.replace(UNSEEN, '').replace(STRAY_JOINER, '');
}
