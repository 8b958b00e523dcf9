import { sql } from 'kysely';
import { atomically, type Db } from '#server/db/database.ts';
import { type RecordedOrganisation, recordOrganisations } from '#server/organisations/record-organisations.ts';
import type { Change } from './paper-changes.ts';
import { rowsWith } from './standing-papers.ts';
import { takeTurn } from './take-turn.ts';
import { addCounts, summedUp } from './word-counts.ts';
import { countedTo } from './word-progress.ts';
import { writeWords } from './write-words.ts';

const columns = [
	'key',
	'title',
	'title_tex',
	'title_html',
	'abstract',
	'abstract_tex',
	'abstract_html',
	'gist',
	'gist_html',
	'renderer',
	'author_count',
	'published',
	'updated',
	'announced',
	'version',
	'categories',
	'comment',
	'journal_ref',
	'doi',
	'licence',
	'organisation_id',
	'code_url',
	'project_url',
	'withdrawn_at',
	'source',
	'record_digest',
	'recorded_at',
	'changed_at'
] as const;

interface Writing {
	changes: readonly Change[];
	now: Date;
}

/**
 * Writes the changes in one transaction. False, and nothing is written, if one of the papers is not as it was read: two
 * writers take turns by a lock, and the second looks whether the first has changed what it read.
 */
export async function writePapers(db: Db, { changes, now }: Writing): Promise<boolean> {
	const writes = changes.filter(({ paper, versions }) => paper || versions.length > 0);
	if (writes.length === 0) return true;
	return atomically(db, async (tx) => {
		await takeTurn(tx);
		if (!(await areAsRead(tx, writes))) return false;
		const organisations = await recordOrganisations(
			tx,
			writes.flatMap(({ organisation }) => organisation ?? [])
		);
		const ids = await writeRows(tx, { writes, organisations });
		const numbered = writes.map((write) => ({ ...write, paper_id: ids.get(write.key) ?? write.id! }));
		await writeAuthors(tx, numbered);
		await writeFound(tx, { writes: numbered, organisations });
		await writeVersions(tx, numbered, now);
		await writeReplaced(tx, numbered, now);
		return true;
	});
}

type Numbered = Change & { paper_id: number };

async function areAsRead(tx: Db, writes: readonly Change[]) {
	const here = await rowsWith(
		tx,
		writes.map(({ key }) => key)
	);
	return writes.every(({ key, rowState }) => (here.get(key)?.row_state ?? null) === rowState);
}

type Organisations = ReadonlyMap<string, RecordedOrganisation>;

/** `json_populate_recordset` gives each column its type from the table itself. 100 papers: 30 ms with every index. */
async function writeRows(
	tx: Db,
	{ writes, organisations }: { writes: readonly Change[]; organisations: Organisations }
) {
	const rows = writes.flatMap(({ paper, organisation }) =>
		paper ? { ...paper, organisation_id: organisation && organisations.get(organisation.handle)!.id } : []
	);
	if (rows.length === 0) return new Map<string, number>();
	const names = sql.join(columns.map((column) => sql.ref(column)));
	const written = await tx
		.insertInto('paper')
		.columns(columns)
		.expression(sql`select ${names} from json_populate_recordset(null::paper, ${JSON.stringify(rows)})`)
		.onConflict((conflict) =>
			conflict
				.column('key')
				.doUpdateSet((eb) => Object.fromEntries(columns.map((column) => [column, eb.ref(`excluded.${column}`)])))
		)
		.returning(['id', 'key'])
		.execute();
	return new Map(written.map(({ id, key }) => [key, id]));
}

async function writeAuthors(tx: Db, writes: readonly Numbered[]) {
	const changed = writes.filter(({ authors }) => authors);
	const rows = changed.flatMap(({ paper_id, authors }) => authors!.map((author) => ({ paper_id, ...author })));
	const counts = changed.flatMap(({ id, paper_id, authors }) => (id ? { paper_id, position: authors!.length } : []));
	if (counts.length > 0)
		await sql`delete from paper_author
			using json_populate_recordset(null::paper_author, ${JSON.stringify(counts)}) as kept
			where paper_author.paper_id = kept.paper_id and paper_author.position > kept.position`.execute(tx);
	if (rows.length === 0) return;
	await tx
		.insertInto('paper_author')
		.columns(['paper_id', 'position', 'name', 'name_key'])
		.expression(
			sql`select paper_id, position, name, name_key
			from json_populate_recordset(null::paper_author, ${JSON.stringify(rows)})`
		)
		.onConflict((conflict) =>
			conflict
				.columns(['paper_id', 'position'])
				.doUpdateSet((eb) => ({ name: eb.ref('excluded.name'), name_key: eb.ref('excluded.name_key') }))
		)
		.execute();
}

/** The organisation is found by the handle that it has here, whose capitals may be others than the record's. */
async function writeFound(
	tx: Db,
	{ writes, organisations }: { writes: readonly Numbered[]; organisations: Organisations }
) {
	const rows = writes.flatMap(({ paper_id, words, organisation }) => {
		if (!words) return [];
		const attributes = words.attributes.map((attribute) =>
			organisation && attribute === `o:${organisation.handle}`
				? `o:${organisations.get(organisation.handle)!.handle}`
				: attribute
		);
		return { paper_id, ...words, attributes };
	});
	await writeWords(tx, rows);
	const recounted = writes.filter(({ counts }) => counts.length > 0);
	if (recounted.length === 0) return;
	const counted = await countedTo(tx);
	await addCounts(tx, summedUp(recounted.flatMap(({ paper_id, counts }) => (paper_id <= counted ? counts : []))));
}

/** The first text that was seen of a version stays. */
async function writeVersions(tx: Db, writes: readonly Numbered[], now: Date) {
	const rows = writes.flatMap(({ paper_id, versions }) =>
		versions.map((version) => ({ paper_id, ...version, seen_at: now }))
	);
	if (rows.length === 0) return;
	await sql`insert into paper_version (paper_id, version, submitted_at, title, abstract, seen_at)
		select paper_id, version, submitted_at, title, abstract, seen_at
		from json_populate_recordset(null::paper_version, ${JSON.stringify(rows)})
		on conflict (paper_id, version) do update set
			submitted_at = coalesce(excluded.submitted_at, paper_version.submitted_at),
			title = coalesce(paper_version.title, excluded.title),
			abstract = coalesce(paper_version.abstract, excluded.abstract)
		where paper_version.title is null and excluded.title is not null
			or coalesce(excluded.submitted_at, paper_version.submitted_at) is distinct from paper_version.submitted_at`.execute(tx);
}

async function writeReplaced(tx: Db, writes: readonly Numbered[], now: Date) {
	const rows = writes.flatMap(({ paper_id, replaced }) =>
		replaced.map(({ field, before }) => ({ paper_id, field, before, seen_at: now }))
	);
	if (rows.length > 0) await tx.insertInto('paper_change').values(rows).execute();
}
