import { PGlite } from '@electric-sql/pglite';
import { amcheck } from '@electric-sql/pglite/contrib/amcheck';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';

/**
 * `node check-cluster.ts FOLDER`: checks a cluster that nobody else has open, and says what is wrong with it as one line of JSON.
 * In a process of its own, because WebAssembly gives no memory back. https://www.postgresql.org/docs/18/amcheck.html
 */
const database = await PGlite.create(process.argv[2]!, { extensions: { pg_trgm, amcheck } });
await database.exec('create extension if not exists amcheck');
const complaints = [
	...(await heaps()),
	...(await indexes('btree', 'bt_index_check', ', true')),
	...(await indexes('gin', 'gin_index_check'))
];
console.log(JSON.stringify({ complaints }));
await database.close();

async function heaps() {
	const { rows } = await database.query<{ table: string; msg: string }>(`
		select relation.oid::regclass::text as table, found.msg
		from pg_class relation, lateral verify_heapam(relation.oid) found
		where relkind in ('r', 't', 'm') and relpersistence = 'p'`);
	return rows.map(({ table, msg }) => `${table}: ${msg}`);
}

/** Also that every row of the table has its entry, where the function can say so. */
async function indexes(method: string, check: string, more = '') {
	const { rows } = await database.query<{ oid: number; name: string }>(
		`
		select relation.oid, relation.oid::regclass::text as name
		from pg_class relation join pg_am on pg_am.oid = relam
		where relkind = 'i' and relpersistence = 'p' and amname = $1`,
		[method]
	);
	const found: string[] = [];
	for (const { oid, name } of rows)
		await database
			.query(`select ${check}($1${more})`, [oid])
			.catch((fault: Error) => found.push(`${name}: ${fault.message}`));
	return found;
}
