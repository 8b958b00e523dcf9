import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { schemaFile, schemaText } from './generate-schema.ts';

test('schema.ts is what the migrations make (run `node src/server/db/generate-schema.ts`)', async () => {
	expect(await schemaText()).toBe(await readFile(schemaFile, 'utf8'));
});
