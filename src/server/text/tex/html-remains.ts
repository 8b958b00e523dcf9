import { characterOf, match } from './cursor.ts';
import { write, type Reader } from './reader.ts';
import { script } from './scripts.ts';

/** Tags that sources have left in their texts. Others, like <think> or <s>, are what the text is about, and stay. */
const TAG = /<\/?(i|b|em|strong|u|tt|p|cite|a|span|small|sub|sup|br)(\s[^<>]{0,200})?\/?>/iy;
const ENTITIES = new Map(
	Object.entries({
		amp: '&',
		lt: '<',
		gt: '>',
		quot: '"',
		apos: "'",
		nbsp: ' ',
		ndash: '–',
		mdash: '—',
		hellip: '…',
		times: '×'
	})
);

/** Reads a tag, or the sign "<" that is none. */
export function readTag(reader: Reader): void {
	const scripted = match(reader, /<(sub|sup)>([^<>$\\]{0,60})<\/\1>/iy);
	if (scripted) {
		const text = scripted[2]!.replace(/&(\w+);/g, (entity, name: string) => ENTITIES.get(name) ?? entity);
		return write(reader, script(/sup/i.test(scripted[1]!) ? '^' : '_', text) ?? text);
	}
	const tag = match(reader, TAG);
	if (!tag) return write(reader, reader.source[reader.at++]!);
	if (/^(br|p)$/i.test(tag[1]!)) write(reader, ' ');
	else if (!isPaired(reader, tag[0], tag[1]!)) write(reader, tag[0]);
}

function isPaired({ pairedTags, source }: Reader, tag: string, name: string) {
	const partner = tag.startsWith('</') ? `<${name}` : `</${name}>`;
	const known = pairedTags.get(partner) ?? source.includes(partner);
	pairedTags.set(partner, known);
	return known;
}

/** Reads an entity, or the sign "&" that is none. */
export function readEntity(reader: Reader): void {
	const entity = match(reader, /&(?:([a-z]{2,6})|#(\d{2,6})|#x([0-9a-f]{2,5}));/iy);
	if (!entity) return write(reader, reader.source[reader.at++]!);
	const [whole, name, decimal, hexadecimal] = entity;
	const code = decimal ? Number(decimal).toString(16) : hexadecimal;
	write(reader, (name ? ENTITIES.get(name) : characterOf(code)) ?? whole);
}
