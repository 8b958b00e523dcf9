import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { nameAddress, nameKey } from '#server/text/names.ts';
import { readAbstract, readTitle } from '#server/text/tex.ts';
import { listedPapers } from './listed-papers.ts';
import { arxivAbsUrl, doiUrl, keyAndVersion, kindOf, paperPath, pdfUrl } from './paper-key.ts';

/**
 * The paper that an address names, in any spelling of its id; `path` is the canonical one. Where a version is named, the
 * paper has that version's text, if it was seen. Refuses what is no id, and what is not here.
 */
export async function paperAt(db: Db, address: string) {
	const named = keyAndVersion(address);
	if (!named)
		throw new Refused(
			'not_found',
			`“${address.slice(0, 100)}” is not a paper’s id. One looks like 2401.12345, cs/0112017 or 10.1101/2020.01.01.123456.`
		);
	const paper = await paperByKey(db, named.key);
	// A source that tells of no versions has at least the first, and this is it.
	if (named.version === null || (named.version === 1 && paper.versions.length === 0))
		return { paper, version: null, path: paperPath(named.key) };
	const version = paper.versions.find((known) => known.version === named.version);
	if (!version) throw new Refused('not_found', `${named.key} has no version ${named.version} that we know of.`);
	return {
		paper: { ...paper, ...textOf(version), version: version.version },
		version: {
			number: version.version,
			isCurrent: version.version === paper.version,
			isSeen: version.abstract !== null
		},
		path: paperPath(named.key, named.version)
	};
}

/** The text that was seen of a version which has been replaced, read from its source's TeX. */
function textOf({ title, abstract }: { title: string | null; abstract: string | null }) {
	const [titleRead, abstractRead] = [
		title === null ? null : readTitle(title),
		abstract === null ? null : readAbstract(abstract)
	];
	return {
		...(titleRead && { title: titleRead.text, title_html: titleRead.html, title_tex: title }),
		...(abstractRead && {
			abstract: abstractRead.text,
			abstract_html: abstractRead.html,
			abstract_tex: abstract,
			gist: abstractRead.gist.text,
			gist_html: abstractRead.gist.html
		})
	};
}

export type AskedVersion = Awaited<ReturnType<typeof paperAt>>['version'];

/** A paper as its own page shows it. Refuses a key that is not known. */
export async function paperByKey(db: Db, key: string) {
	const paper = await listedPapers(db)
		.select(['paper.title_tex', 'paper.abstract_tex', 'paper.comment', 'paper.licence', 'paper.source'])
		.where('paper.key', '=', key)
		.executeTakeFirst();
	if (!paper) throw new Refused('not_found', `${key} is not among the papers here.`);
	const [people, versions, changes] = await Promise.all([
		db
			.selectFrom('paper_author')
			.select(['name', 'name_key'])
			.where('paper_id', '=', paper.id)
			.orderBy('position')
			.execute(),
		db.selectFrom('paper_version').selectAll().where('paper_id', '=', paper.id).orderBy('version', 'desc').execute(),
		db.selectFrom('paper_change').selectAll().where('paper_id', '=', paper.id).orderBy('seen_at', 'desc').execute()
	]);
	return {
		...paper,
		people: people.map(({ name, name_key }) => ({ name, path: authorPath(name_key) })),
		versions,
		changes,
		links: linksOf(paper)
	};
}

export type Paper = Awaited<ReturnType<typeof paperByKey>>;

const PER_PAGE = 20;
/** A list is turned up to this paper; the rest is found by a narrower question. */
const LIST_END = 1000;
const COUNTED = 10_000;

/** Which list of papers is asked for. */
export type PaperList = { category: string } | { nameKey: string } | { organisation: string };

/**
 * One page of a list, the newest first, and how many there are: exact to 10,000, since counting 36,000 papers of a large
 * category takes longer than the page.
 */
export async function papersOf(db: Db, list: PaperList, page: number) {
	// Refused before it is counted out: skipping 100,000 papers takes the database ten times as long as a page.
	if (page > LIST_END / PER_PAGE) throw new Refused('not_found', `A list is turned up to its ${LIST_END}th paper.`);
	const [papers, { papers: count }] = await Promise.all([
		listedPapers(db)
			.where(inList(list))
			.orderBy('paper.day', (order) => order.desc().nullsLast())
			.orderBy('paper.id', 'desc')
			.limit(PER_PAGE)
			.offset((page - 1) * PER_PAGE)
			.execute(),
		db
			.selectFrom(
				db
					.selectFrom('paper')
					.select('id')
					.where(inList(list))
					.limit(COUNTED + 1)
					.as('counted')
			)
			.select((eb) => eb.fn.countAll<number>().as('papers'))
			.executeTakeFirstOrThrow()
	]);
	const pages = Math.max(1, Math.ceil(Math.min(count, LIST_END) / PER_PAGE));
	if (page > pages) throw new Refused('not_found', `This list has ${pages} pages.`);
	return { papers, count: Math.min(count, COUNTED), countIsExact: count <= COUNTED, page, pages, perPage: PER_PAGE };
}

export type PaperListPage = Awaited<ReturnType<typeof papersOf>>;

/** The people with this name, in any spelling of it that has the same key. Refuses a name that is on no paper. */
export async function authorNamed(db: Db, spelling: string) {
	const key = nameKey(spelling);
	const [name, ...otherNames] = await namesOf(db, key);
	if (!name)
		throw new Refused(
			'not_found',
			`No paper here names “${spelling.replaceAll('-', ' ').slice(0, 100)}” as an author.`
		);
	return { key, path: authorPath(key), name, otherNames };
}

/** The address of the papers by people of a name. */
function authorPath(nameKey: string) {
	return `/authors/${encodeURIComponent(nameAddress(nameKey))}`;
}

/** The names that papers with this name key give, the most frequent first. */
async function namesOf(db: Db, nameKey: string): Promise<string[]> {
	const names = await db
		.selectFrom('paper_author')
		.select('name')
		.where('name_key', '=', nameKey)
		.groupBy('name')
		.orderBy((eb) => eb.fn.countAll(), 'desc')
		.orderBy('name')
		.limit(5)
		.execute();
	return names.map(({ name }) => name);
}

/** Where a paper is at home: its page and its PDF at arXiv or bioRxiv, and its DOI. */
function linksOf({ key, doi }: { key: string; doi: string | null }) {
	const isArxiv = kindOf(key) === 'arxiv';
	return {
		arxivId: isArxiv ? key : null,
		name: isArxiv ? `arXiv:${key}` : `doi:${key}`,
		abs: isArxiv ? arxivAbsUrl(key) : doiUrl(key),
		pdf: isArxiv ? pdfUrl(key) : null,
		doi: doi ? `https://doi.org/${encodeURI(doi)}` : null
	};
}

function inList(list: PaperList) {
	if ('category' in list) return sql<boolean>`paper.categories @> array[${list.category}]::text[]`;
	if ('nameKey' in list)
		return sql<boolean>`paper.id in (select paper_id from paper_author where name_key = ${list.nameKey})`;
	return sql<boolean>`paper.organisation_id = (select id from organisation where handle = ${list.organisation})`;
}
