import type { Db } from '#server/db/database.ts';
import { Refused } from '#server/refused.ts';
import { sequencesOf, type Table } from './catalog.ts';
import type { Header } from './contents.ts';

/** Refuses a backup with tables, columns or counters that its migrations, which have been applied here, do not make. */
export async function refuseUnlessFitting(
	db: Db,
	{ tables, header, path }: { tables: ReadonlyMap<string, Table>; header: Header; path: string }
) {
	for (const { name, columns } of header.tables) {
		const found = tables.get(name)?.columns.map((column) => column.name);
		if (!found) throw unfit(path, `${name} (${columns.join()}) is no table of its version`);
		if (found.toSorted().join() !== columns.toSorted().join())
			throw unfit(path, `${name} has other columns (${columns.join()}) than its version (${found.join()})`);
	}
	const counters = new Set((await sequencesOf(db, [...tables.values()])).map(({ name }) => name));
	const other = header.sequences.find(({ name }) => !counters.has(name));
	if (other) throw unfit(path, `${other.name} is no counter of its version`);
}

/** What only the database can tell of rows: a value it cannot read (22), one that breaks a rule (23), one that is too large (54). */
export function refusalOfRows(fault: unknown, { table, path }: { table: string; path: string }) {
	const { code, message } = fault as { code?: string; message?: string };
	return /^(22|23|54)/.test(code ?? '') ? unfit(path, `${table || 'a job'}: ${message?.slice(0, 300)}`) : fault;
}

const unfit = (path: string, why: string) =>
	new Refused(
		'invalid',
		`${path} does not fit the database (${why}); nothing of it is restored. Use another backup file.`
	);
