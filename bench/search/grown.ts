import { createReadStream, createWriteStream } from 'node:fs';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { firstPapers } from '../import.ts';
import { paperFiles } from '../paper-files.ts';
import { type Chance, chanceOf, oneOf } from '../relevance/chance.ts';

/** Real papers at hand; beyond them they are repeated. */
const REAL = 155_770;
const SEED = 7;
/** Words of which one is taken for another paper's. */
const POOL = 50_000;
const MOST_BEYOND = 30_000;
/** Keys of a month. */
const A_MONTH = 90_000;

interface Line {
	id: string;
	title: string;
	abstract: string;
	announced?: string;
	published?: string;
}

/**
 * Files with so many papers. What is beyond the real ones repeats them under made-up keys: each fifth word of five letters or more is
 * that of another paper, one word in each is new, and no day of the listing is given, so that no edition is larger than a real one.
 */
export async function filesWith(papers: number, folder: string): Promise<string[]> {
	const real = await firstPapers(paperFiles(), { folder, papers: Math.min(papers, REAL) });
	const copies: string[] = [];
	for (let made = REAL; made < papers; made += REAL) {
		const file = join(folder, `repeated-${copies.length}.jsonl.gz`);
		const lines = repeated(real, { from: made - REAL, most: Math.min(REAL, papers - made) });
		await pipeline(Readable.from(lines), createGzip({ level: 1 }), createWriteStream(file));
		copies.push(file);
	}
	return [...real, ...copies];
}

/** Files with papers that `filesWith` did not give, for an import beside it. */
export async function filesBeyond(papers: number, folder: string): Promise<string[]> {
	if (papers < REAL) {
		const last = basename((await filesWith(papers, folder)).at(-1)!);
		return paperFiles().slice(paperFiles().findIndex((file) => basename(file) === last));
	}
	const file = join(folder, 'beyond.jsonl.gz');
	const lines = repeated(paperFiles(), { from: papers, most: MOST_BEYOND });
	await pipeline(Readable.from(lines), createGzip({ level: 1 }), createWriteStream(file));
	return [file];
}

async function* repeated(files: readonly string[], { from, most }: { from: number; most: number }) {
	const chance = chanceOf(SEED + from);
	const pool: string[] = [];
	let made = 0;
	for (const file of files)
		for await (const line of createInterface(createReadStream(file).pipe(createGunzip()))) {
			if (made === most) return;
			const { announced, published, ...paper } = JSON.parse(line) as Line;
			const number = from + made++;
			const texts = { title: changed(paper.title, pool, chance), abstract: changed(paper.abstract, pool, chance) };
			texts.abstract += ` Nova${number.toString(36)}.`;
			yield `${JSON.stringify({ ...paper, ...texts, id: keyAt(number), published: published ?? announced })}\n`;
		}
}

function changed(text: string, pool: string[], chance: Chance) {
	return text.replace(/\b[a-z]{5,}\b/g, (word) => {
		if (pool.length < POOL) pool.push(word);
		else pool[Math.floor(chance() * POOL)] = word;
		return chance() < 0.2 ? oneOf(chance, pool) : word;
	});
}

/** Of months that are still far away. */
function keyAt(number: number) {
	const month = Math.floor(number / A_MONTH);
	const yymm = (50 + Math.floor(month / 12)) * 100 + (month % 12) + 1;
	return `${yymm}.${String((number % A_MONTH) + 1).padStart(5, '0')}`;
}
