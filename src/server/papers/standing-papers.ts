import { sql } from 'kysely';
import type { Db } from '#server/db/database.ts';
import { digestOf, type PaperRecord } from './paper-record.ts';

/** A record beside the paper that stands here. */
export interface Beside {
	record: PaperRecord;
	digest: string;
	/** The paper has this very record already; `standing` is not read then. */
	isUnchanged: boolean;
	standing: StandingPaper | null;
	/** By which it is seen that nobody has written to the paper since; null when it is not here. */
	rowState: string | null;
}

/** Sets records beside their papers: one select where all are unchanged. */
export async function besideWhatStands(db: Db, records: readonly PaperRecord[]): Promise<Beside[]> {
	const read = records.map((record) => ({ record, digest: digestOf(record) }));
	const keys = records.map(({ key }) => key);
	const here = await rowsWith(db, keys);
	const isUnchanged = ({ record, digest }: { record: PaperRecord; digest: string }) =>
		here.get(record.key)?.digest === digest;
	const changed = read.filter((one) => here.has(one.record.key) && !isUnchanged(one));
	const standing = await standingPapers(
		db,
		changed.map(({ record }) => record.key)
	);
	return read.map((one) => ({
		...one,
		isUnchanged: isUnchanged(one),
		standing: standing.get(one.record.key) ?? null,
		rowState: here.get(one.record.key)?.row_state ?? null
	}));
}

/** Digest and state of the papers with these keys. */
export async function rowsWith(db: Db, keys: readonly string[]) {
	const rows = await db
		.selectFrom('paper')
		.select(['key', sql<string>`encode(record_digest, 'hex')`.as('digest'), sql<string>`xmin::text`.as('row_state')])
		.where('key', '=', sql<string>`any(${keys}::text[])`)
		.execute();
	return new Map(rows.map((row) => [row.key, row]));
}

async function standingPapers(db: Db, keys: readonly string[]) {
	if (keys.length === 0) return new Map<string, StandingPaper>();
	const rows = await standing(db, keys).execute();
	return new Map(rows.map((row) => [row.key, row]));
}

export type StandingPaper = Awaited<ReturnType<ReturnType<typeof standing>['execute']>>[number];

function standing(db: Db, keys: readonly string[]) {
	return db
		.selectFrom('paper')
		.leftJoin('organisation', 'organisation.id', 'paper.organisation_id')
		.selectAll('paper')
		.select([
			sql<string>`paper.xmin::text`.as('row_state'),
			'organisation.handle as organisation_handle',
			'organisation.name as organisation_name',
			sql<string[]>`array(select name from paper_author where paper_id = paper.id order by position)`.as('names'),
			sql<(Date | null)[]>`array(
				select submitted_at
				from generate_series(1, paper.version) as number
				left join paper_version on paper_version.paper_id = paper.id and paper_version.version = number
				order by number
			)`.as('submitted')
		])
		.where('paper.key', '=', sql<string>`any(${keys}::text[])`);
}

/** What stands, in the form of a record, so that it can be compared with one. */
export function recordOfStanding(paper: StandingPaper): PaperRecord {
	const named = paper.names.length;
	return {
		key: paper.key,
		title: paper.title_tex ?? paper.title,
		abstract: paper.abstract_tex ?? paper.abstract,
		authors: paper.names,
		authorCount: (paper.author_count ?? 0) > named ? paper.author_count : null,
		categories: paper.categories,
		published: paper.published,
		updated: paper.updated,
		announced: paper.announced,
		version: paper.version,
		submitted: paper.submitted.map((instant) => instant && instant.toISOString()),
		comment: paper.comment,
		journalRef: paper.journal_ref,
		doi: paper.doi,
		licence: paper.licence,
		organisation: paper.organisation_handle
			? { handle: paper.organisation_handle, name: paper.organisation_name! }
			: null,
		code: paper.code_url,
		project: paper.project_url,
		withdrawn: paper.withdrawn_at !== null,
		source: paper.source
	};
}
