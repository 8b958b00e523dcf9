import { escapeHtml } from '#server/text/escape.ts';
import { oneLine } from '#server/text/one-line.ts';

/** A feed of RFC 4287. Text is plain. Ids are addresses that never change, or `tag:` URIs: readers know an entry by its id. */
export interface AtomFeed {
	id: string;
	title: string;
	subtitle?: string;
	/** When something in the feed last changed in a way that a subscriber should see. */
	updated: Date;
	/** The feed's own address. */
	self: string;
	/** The page that says the same. */
	alternate: string;
	/** Who publishes the feed; by RFC 4287 also the author of every entry that names none. */
	author: string;
	entries: readonly AtomEntry[];
}

export interface AtomEntry {
	id: string;
	title: string;
	url: string;
	updated: Date;
	published?: Date | null;
	authors: readonly string[];
	summary: string;
	categories: readonly string[];
}

/** Writes the feed, to be served as `application/atom+xml; charset=utf-8`. Foreign text cannot leave its element. */
export function atomFeed(feed: AtomFeed): string {
	return lines([
		'<?xml version="1.0" encoding="utf-8"?>',
		'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">',
		element('id', feed.id),
		element('title', feed.title),
		feed.subtitle && element('subtitle', feed.subtitle),
		element('updated', instant(feed.updated)),
		`<link rel="self" type="application/atom+xml" href="${escaped(feed.self)}"/>`,
		`<link rel="alternate" type="text/html" href="${escaped(feed.alternate)}"/>`,
		person(feed.author),
		...feed.entries.map(entry),
		'</feed>'
	]);
}

function entry({ id, title, url, updated, published, authors, summary, categories }: AtomEntry) {
	return lines([
		'<entry>',
		element('id', id),
		element('title', title),
		`<link rel="alternate" type="text/html" href="${escaped(url)}"/>`,
		published && element('published', instant(published)),
		element('updated', instant(updated)),
		...authors.map(person),
		...categories.map((category) => `<category term="${escaped(category)}"/>`),
		element('summary', summary),
		'</entry>'
	]).trimEnd();
}

function person(name: string) {
	return `<author>${element('name', name)}</author>`;
}

function element(name: string, text: string) {
	return `<${name}>${escaped(text)}</${name}>`;
}

// Control characters have no place in XML 1.0, escaped or not; oneLine drops them.
function escaped(text: string) {
	return escapeHtml(oneLine(text));
}

function instant(date: Date) {
	return date.toISOString().replace('.000Z', 'Z');
}

// A list and not arguments, of which the stack holds a hundred thousand.
function lines(parts: (string | undefined | null | false)[]) {
	return parts.flatMap((part) => (part ? `${part}\n` : [])).join('');
}
