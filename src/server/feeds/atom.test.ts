import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { atomFeed, type AtomFeed } from './atom.ts';

const feed: AtomFeed = {
	id: 'https://papers.example.org/',
	title: 'Broadsheet',
	subtitle: 'Daily papers',
	updated: new Date('2026-04-16T00:00:00Z'),
	self: 'https://papers.example.org/2026-04-16.atom?category=cs.CV&with=code',
	alternate: 'https://papers.example.org/2026-04-16',
	author: 'Broadsheet',
	entries: [
		{
			id: 'https://papers.example.org/papers/2407.13036',
			title: 'Masks <b>& more</b>: ∂Ω',
			url: 'https://papers.example.org/papers/2407.13036',
			updated: new Date('2026-04-16T00:00:00.250Z'),
			published: new Date('2024-07-17'),
			authors: ['Carlos Hinojosa', 'Shuming Liu'],
			summary: 'Two\nlines, ]]> and \u0000a bell\u0007.',
			categories: ['cs.CV']
		},
		{
			id: 'https://papers.example.org/papers/cs/0112017',
			title: 'Undated',
			url: 'https://papers.example.org/papers/cs/0112017',
			updated: new Date('2026-04-16T00:00:00Z'),
			authors: [],
			summary: 'Without authors or categories.',
			categories: []
		}
	]
};

test('a feed is written whole', () => {
	expect(atomFeed(feed)).toBe(`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>https://papers.example.org/</id>
<title>Broadsheet</title>
<subtitle>Daily papers</subtitle>
<updated>2026-04-16T00:00:00Z</updated>
<link rel="self" type="application/atom+xml" href="https://papers.example.org/2026-04-16.atom?category=cs.CV&amp;with=code"/>
<link rel="alternate" type="text/html" href="https://papers.example.org/2026-04-16"/>
<author><name>Broadsheet</name></author>
<entry>
<id>https://papers.example.org/papers/2407.13036</id>
<title>Masks &lt;b&gt;&amp; more&lt;/b&gt;: ∂Ω</title>
<link rel="alternate" type="text/html" href="https://papers.example.org/papers/2407.13036"/>
<published>2024-07-17T00:00:00Z</published>
<updated>2026-04-16T00:00:00.250Z</updated>
<author><name>Carlos Hinojosa</name></author>
<author><name>Shuming Liu</name></author>
<category term="cs.CV"/>
<summary>Two lines, ]]&gt; and a bell.</summary>
</entry>
<entry>
<id>https://papers.example.org/papers/cs/0112017</id>
<title>Undated</title>
<link rel="alternate" type="text/html" href="https://papers.example.org/papers/cs/0112017"/>
<updated>2026-04-16T00:00:00Z</updated>
<summary>Without authors or categories.</summary>
</entry>
</feed>
`);
});

test('a feed holds as many names as it is given', () => {
	const authors = Array<string>(300_000).fill('A');
	const xml = atomFeed({ ...feed, entries: [{ ...feed.entries[0]!, authors, categories: authors }] });
	expect(xml.match(/<author>/g)).toHaveLength(300_001);
});

const hostile = fc.oneof(
	fc.string({ unit: 'binary' }),
	fc.string(),
	fc.constantFrom('</title><script>', ']]>', '"><x a="', '&#0;', '\ud800', '\ufffe')
);
const shape = (xml: string) => xml.replace(/>[^<]*</g, '><').replace(/(term|href)="[^"]*"/g, '$1=""');

test('no text leaves its element, and no character is outside XML 1.0', () => {
	const innocent = shape(atomFeed(withText('x')));
	fc.assert(
		fc.property(hostile, (text) => {
			const xml = atomFeed(withText(text));
			expect(shape(xml)).toBe(innocent);
			expect(xml).not.toMatch(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u);
			expect(xml).not.toMatch(/&(?!(?:amp|lt|gt|quot|#39);)/);
		})
	);
});

const xmllint = spawnSync('xmllint', ['--version']).error === undefined;

test.skipIf(!xmllint)('xmllint reads a feed of hostile text', () => {
	for (const text of fc.sample(hostile, 30)) {
		const { status, stderr } = spawnSync('xmllint', ['--noout', '-'], {
			input: atomFeed(withText(text)),
			encoding: 'utf8'
		});
		expect(stderr).toBe('');
		expect(status).toBe(0);
	}
});

function withText(text: string): AtomFeed {
	const entry = {
		...feed.entries[0]!,
		title: text,
		authors: [text],
		summary: text,
		categories: [text],
		id: text,
		url: text
	};
	return { ...feed, title: text, subtitle: `a${text}`, author: text, self: text, alternate: text, entries: [entry] };
}
