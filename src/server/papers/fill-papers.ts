import { sql } from 'kysely';
import { atomically, type Db } from '#server/db/database.ts';
import { recordOrganisations } from '#server/organisations/record-organisations.ts';
import { filledAttributes } from './paper-attributes.ts';
import { takeTurn } from './take-turn.ts';
import { addAttributes } from './write-words.ts';

/** What a list elsewhere says of a paper that it names. */
export interface Hint {
	key: string;
	organisation: { handle: string; name: string } | null;
	code: string | null;
	project: string | null;
}

interface Filled {
	paper_id: number;
	key: string;
	organisation: string | null;
	hasCode: boolean;
	hasProject: boolean;
}

/** Fills in what papers do not say themselves: organisation, code, project. Gives the keys of those that had a gap. */
export async function fillPapers(db: Db, { hints, now }: { hints: readonly Hint[]; now: Date }): Promise<Set<string>> {
	const useful = hints.filter(({ organisation, code, project }) => organisation ?? code ?? project);
	if (useful.length === 0) return new Set();
	return atomically(db, async (tx) => {
		await takeTurn(tx);
		const organisations = await recordOrganisations(
			tx,
			useful.flatMap(({ organisation }) => organisation ?? [])
		);
		const rows = onePerKey(useful).map(({ key, organisation, code, project }) => ({
			key,
			organisation_id: organisation && organisations.get(organisation.handle)!.id,
			code_url: code,
			project_url: project
		}));
		const { rows: filled } = await sql<Filled>`update paper set
				organisation_id = coalesce(paper.organisation_id, hint.organisation_id),
				code_url = coalesce(paper.code_url, hint.code_url),
				project_url = coalesce(paper.project_url, hint.project_url),
				changed_at = ${now}
			from json_populate_recordset(null::paper, ${JSON.stringify(rows)}) as hint
			where paper.key = hint.key and (
				paper.organisation_id is null and hint.organisation_id is not null
				or paper.code_url is null and hint.code_url is not null
				or paper.project_url is null and hint.project_url is not null)
			returning paper.id as paper_id, paper.key,
				(select handle from organisation where organisation.id = paper.organisation_id) as organisation,
				paper.code_url is not null as "hasCode", paper.project_url is not null as "hasProject"`.execute(tx);
		await addAttributes(
			tx,
			filled.map((paper) => ({ paper_id: paper.paper_id, attributes: filledAttributes(paper) }))
		);
		return new Set(filled.map(({ key }) => key));
	});
}

/** A paper that is named twice takes each hint from where it stands first. */
function onePerKey(hints: readonly Hint[]): Hint[] {
	const byKey = new Map<string, Hint>();
	for (const hint of hints) {
		const { organisation = null, code = null, project = null } = byKey.get(hint.key) ?? {};
		byKey.set(hint.key, {
			key: hint.key,
			organisation: organisation ?? hint.organisation,
			code: code ?? hint.code,
			project: project ?? hint.project
		});
	}
	return [...byKey.values()];
}
