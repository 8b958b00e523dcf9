import { withoutUnseen } from './unseen.ts';

const CONTROLS = /[\p{Cc}\p{Cs}\ufffe\uffff]/gu;

/** Foreign text as one line: white space and line ends of every kind are one space, what is not seen is dropped. */
export function oneLine(text: string) {
	return withoutUnseen(text)
		.replace(/[\s\u0085]+/g, ' ')
		.replace(CONTROLS, '')
		.replace(/ {2,}/g, ' ')
		.trim()
		.normalize('NFC');
}
