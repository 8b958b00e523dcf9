/**
 * Makes the samples that a first start loads, out of the project's research data (not needed by the product):
 *
 *     node samples/make.ts FOLDER
 *
 * Names of people who featured papers are left behind; what stays is arXiv metadata (CC0) and which paper was featured
 * on which day.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

interface SeedResult {
	position: number;
	arxiv_id: string;
	authors_count: number | null;
	authors: string[];
	organization: { handle: string; name: string } | null;
}

const SEED_DAY = '2026-04-16';
const source = process.argv[2];
if (!source) throw new Error('Say where the research data lies: node samples/make.ts FOLDER');

const lines = (file: string) =>
	readFileSync(`${source}/${file}`, 'utf8')
		.trim()
		.split('\n')
		.map((line) => JSON.parse(line) as Record<string, unknown>);

const { results } = JSON.parse(readFileSync(`${source}/seed/seed.json`, 'utf8')) as { results: SeedResult[] };
const seedById = new Map(results.map((result) => [result.arxiv_id, result]));

/** The seed's papers were announced on other days; each would open an edition of one paper, so that is left out. */
const papers = lines('small/papers.jsonl').map(({ announced, ...paper }) => {
	const seed = seedById.get(paper.id as string);
	if (!seed) return { ...paper, announced };
	const unnamed = (seed?.authors_count ?? 0) > (paper.authors as string[]).length;
	return unnamed ? { ...paper, author_count: seed!.authors_count } : paper;
});

const featured = lines('small/daily.jsonl').map(({ date, id, position, upvotes, organization, github_repo, project_page }) => ({
	date,
	id,
	position,
	upvotes,
	organization,
	github_repo,
	project_page
}));
const seedFeatured = results.map(({ position, arxiv_id, organization }) => ({
	date: SEED_DAY,
	id: arxiv_id,
	position,
	organization: organization ?? undefined
}));

const announced = new Set(papers.map((paper) => (paper as Record<string, unknown>).announced));
const days = [...new Set(featured.map(({ date }) => date as string))].sort();
const editions = [
	...days.map((day) => ({
		edition: day,
		note: announced.has(day)
			? 'What Hugging Face featured that day, and a sample of what arXiv announced'
			: 'What Hugging Face featured that day',
		announced_is_sample: announced.has(day),
		is_sample: true
	})),
	{ edition: SEED_DAY, note: 'A captured search, shown as a sample edition', is_sample: true }
];

const jsonLines = (records: object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
writeFileSync(new URL('papers.jsonl.gz', import.meta.url), gzipSync(jsonLines(papers), { level: 9 }));
writeFileSync(new URL('editions.jsonl', import.meta.url), jsonLines([...editions, ...seedFeatured, ...featured]));
console.log(`${papers.length} papers, ${editions.length} editions, ${seedFeatured.length + featured.length} features`);
