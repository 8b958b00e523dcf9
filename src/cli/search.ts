import { parseArgs, styleText } from 'node:util';
import { keepBeforeUpgrade } from '#server/backups/before-upgrade.ts';
import { config } from '#server/config.ts';
import { migrate } from '#server/db/migrate.ts';
import { siteDatabase } from '#server/db/site-database.ts';
import { Refused } from '#server/refused.ts';
import { searchJson } from '#server/search/search-json.ts';
import { NO_FILTERS, type SearchPage, type Sort } from '#server/search/search-page.ts';
import { searchPapers } from '#server/search/search-papers.ts';
import { oneLine } from '#server/text/one-line.ts';
import { printable } from './printable.ts';
import { searchText, type Terminal } from './search-text.ts';

export const help = `broadsheet search "QUERY" [--sort ORDER] [--page N] [--limit N] [--exact] [--json]

Searches the papers as the page /papers does, and prints a page of what it finds: 20 papers. docs/search.md has the language:
words, "phrases", -without, OR, author:, title:, year:2023..2025 and more. Quote the query, so that the shell leaves it alone.

  --sort   relevance (default), newest or oldest
  --page   which page, from 1
  --limit  only the first so many of the page, from 1 to 20
  --exact  search for each word as it is, even where no paper has it
  --json   print what /papers.json would, as one JSON object

Exit status: 0 something was found, 2 nothing was, 1 it could not run.
`;

const SORTS = ['relevance', 'newest', 'oldest'] as const satisfies Sort[];

export async function run(args: string[]): Promise<number> {
	const { values, positionals } = parseArgs({
		args,
		allowPositionals: true,
		options: {
			sort: { type: 'string', default: 'relevance' },
			page: { type: 'string', default: '1' },
			limit: { type: 'string', default: '20' },
			exact: { type: 'boolean', default: false },
			json: { type: 'boolean', default: false }
		}
	});
	const q = oneLine(positionals.join(' '));
	if (q === '') throw new Refused('invalid', 'Say what to search for: broadsheet search "masked autoencoders".');
	const sort = SORTS.find((one) => one === values.sort);
	if (!sort) throw new Refused('invalid', `--sort is one of ${SORTS.join(', ')}, not "${values.sort}".`);
	const page = wholeNumber('--page', values.page, 100_000);
	const limit = wholeNumber('--limit', values.limit, 20);
	const found = await searched({ q, filters: NO_FILTERS, sort, page, exact: values.exact });
	const shown = { ...found, results: found.results.slice(0, limit) };
	process.stdout.write(values.json ? jsonOf(shown) : searchText(shown, { origin }, terminal()));
	return found.count + found.more + found.results.length > 0 || found.goTo ? 0 : 2;
}

async function searched(search: Parameters<typeof searchPapers>[1]): Promise<SearchPage> {
	await keepBeforeUpgrade(config);
	const { db, close } = await siteDatabase();
	try {
		await migrate(db);
		return await searchPapers(db, search);
	} finally {
		await close();
	}
}

const origin = config.origin ?? `http://localhost:${config.port}`;

const jsonOf = (page: SearchPage) => `${printable(JSON.stringify(searchJson(page, origin)))}\n`;

function wholeNumber(option: string, value: string, most: number) {
	if (/^[1-9]\d{0,5}$/.test(value) && Number(value) <= most) return Number(value);
	throw new Refused('invalid', `${option} is a number from 1 to ${most.toLocaleString('en')}, not "${value}".`);
}

/** Lines longer than that are hard to read, and shorter ones hold no address. */
const WIDEST = 100;
const NARROWEST = 40;

/** Node knows whether it writes to a terminal, and what NO_COLOR and TERM say. */
function terminal(): Terminal {
	const { stdout } = process;
	const style = (format: 'bold' | 'dim') => (text: string) => styleText(format, text, { stream: stdout });
	const width = Math.max(NARROWEST, Math.min(WIDEST, stdout.columns ?? 80));
	return { width, bold: style('bold'), faint: style('dim') };
}
