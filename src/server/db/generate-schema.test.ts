import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { schemaFile, schemaText, schemaTextOf } from './generate-schema.ts';
import { makeServerDatabase } from './test-server.ts';

test('schema.ts is what the migrations make (run `node src/server/db/generate-schema.ts`)', async () => {
	const onServer = await makeServerDatabase({ migrated: true });
	expect(await (onServer ? schemaTextOf(onServer) : schemaText())).toBe(await readFile(schemaFile, 'utf8'));
});
