import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { format, resolveConfig } from 'prettier';
import { startMigrated } from './migrated-in-memory.ts';

export const schemaFile = fileURLToPath(new URL('schema.ts', import.meta.url));
const codegen = fileURLToPath(new URL('../../../node_modules/kysely-codegen/dist/cli/bin.js', import.meta.url));

/** The types of the tables as the migrations make them: the text of `schema.ts`. */
export async function schemaText() {
	const database = await startMigrated();
	try {
		return await schemaTextOf(
			`postgres://postgres@localhost/postgres?host=${encodeURIComponent(database.socketFolder)}`
		);
	} finally {
		await database.close();
	}
}

/** The same, of a migrated database that is there. */
export async function schemaTextOf(url: string) {
	const folder = await mkdtemp(join(tmpdir(), 'broadsheet-schema-'));
	try {
		const file = join(folder, 'schema.ts');
		// The same choices as in column-types.ts.
		const types = ['--date-parser', 'string', '--type-mapping', '{"int8":"number"}'];
		const which = ['--dialect', 'postgres', '--default-schema', 'public', '--exclude-pattern', 'migration'];
		const args = [codegen, ...which, ...types, '--url', url, '--out-file', file];
		await promisify(execFile)(process.execPath, args, { cwd: folder });
		return await format(await readFile(file, 'utf8'), { ...(await resolveConfig(schemaFile)), filepath: schemaFile });
	} finally {
		await rm(folder, { recursive: true });
	}
}

if (import.meta.main) await writeFile(schemaFile, await schemaText());
