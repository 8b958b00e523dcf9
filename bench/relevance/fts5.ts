import { DatabaseSync } from 'node:sqlite';

/** What a paper gives the peer. Numbers are those of the table `paper`. */
export interface IndexedPaper {
	id: number;
	title: string;
	abstract: string;
	authors?: string;
}

/**
 * The peer that a Node program has at hand: SQLite's FTS5 with its Porter stemmer, any of the words, ranked by its bm25 with the
 * title counted three times. It has no notion of meaning, misspelling, compounds or facets.
 */
export function openFts5(path = ':memory:') {
	const sqlite = new DatabaseSync(path);
	sqlite.exec(`pragma journal_mode = wal;
		create virtual table paper using fts5(title, abstract, authors, tokenize = 'porter unicode61')`);
	const insert = sqlite.prepare('insert into paper (rowid, title, abstract, authors) values (?, ?, ?, ?)');
	const best = sqlite.prepare(
		'select rowid as id from paper where paper match ? order by bm25(paper, 3.0, 1.0, 1.0) limit ?'
	);
	const count = sqlite.prepare('select count(*) as papers from paper where paper match ?');
	return {
		add(papers: readonly IndexedPaper[]) {
			sqlite.exec('begin');
			for (const { id, title, abstract, authors = '' } of papers) insert.run(id, title, abstract, authors);
			sqlite.exec('commit');
		},
		/** The numbers of the first papers with any of the words. */
		find: (words: string, most: number) => (best.all(anyOf(words), most) as { id: number }[]).map(({ id }) => id),
		/** What a page of results needs: the first twenty, and how many papers have all the words, or the phrase. */
		page(words: string, { isPhrase = false } = {}) {
			const all = isPhrase ? `"${wordsOf(words).join(' ')}"` : wordsOf(words).map(quoted).join(' AND ');
			best.all(isPhrase ? all : anyOf(words), 20);
			count.get(all);
		},
		close: () => sqlite.close()
	};
}

export type Fts5 = ReturnType<typeof openFts5>;

const wordsOf = (text: string) => text.match(/[\p{L}\p{N}]+/gu) ?? ['x'];
const quoted = (word: string) => `"${word}"`;
const anyOf = (words: string) => wordsOf(words).map(quoted).join(' OR ');
