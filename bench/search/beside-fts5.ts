import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Db } from '#server/db/database.ts';
import { openFts5 } from '../relevance/fts5.ts';
import { papersIn } from '../relevance/papers-in.ts';
import { sizeOf } from '../folders.ts';
import type { Answer } from './measured.ts';
import { KINDS, type Question } from './questions.ts';

/** The same papers in SQLite's FTS5, on the same disk, asked the same words: the first twenty and a count, and nothing beside. */
export async function askFts5(db: Db, { folder, questions }: { folder: string; questions: readonly Question[] }) {
	const own = join(folder, 'fts5');
	mkdirSync(own);
	const fts5 = openFts5(join(own, 'papers.sqlite'));
	const began = performance.now();
	for await (const papers of papersIn(db)) fts5.add(papers);
	const seconds = (performance.now() - began) / 1000;
	const lexical = questions.filter(({ kind }) => KINDS[kind] === 'lexical');
	const answers = lexical.map(({ kind, words }): Answer => {
		const asked = performance.now();
		fts5.page(words, { isPhrase: kind === 'phrase' });
		return { kind, words, ms: performance.now() - asked, cpu: 0, found: 0 };
	});
	fts5.close();
	return { answers, seconds, mb: sizeOf(own) };
}
