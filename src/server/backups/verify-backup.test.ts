import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zstdCompressSync } from 'node:zlib';
import { afterAll, expect } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { makePaper } from '#server/papers/make.ts';
import { partOf, readPart } from './contents.ts';
import { createParts, openParts } from './parts.ts';
import { checkBackup } from './restore-backup.ts';
import { verifyBackup } from './verify-backup.ts';
import { writeBackup } from './write-backup.ts';

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-verify-'));
afterAll(() => rmSync(folder, { recursive: true }));
let made = 0;
const newPath = () => join(folder, `${(made += 1)}.backup`);

async function backupOf(db: Db) {
	const path = newPath();
	await makePaper(db, { title: 'On $x^2$' });
	await makePaper(db, { title: 'Line\u2028separators, “quotes”, \\ and 🐘' });
	await writeBackup(db, { path, now: new Date('2026-11-24T03:30:00Z') });
	return path;
}

/** The plain parts of a file, to be written in another way. */
async function partsOf(path: string) {
	const parts = await openParts(path);
	const plain: Buffer[] = [];
	for (let part = await parts.next(); part; part = await parts.next()) plain.push(Buffer.from(part));
	await parts.close();
	return plain;
}

async function written(plain: Buffer[]) {
	const path = newPath();
	const parts = await createParts(path);
	for (const part of plain) await parts.write(part);
	await parts.end();
	await parts.close();
	return path;
}

test('a backup says what is in it, and is for its owner alone', async ({ db }) => {
	const path = await backupOf(db);
	const { rows, header, trailer, bytes } = await verifyBackup(path);
	expect(trailer.tables.paper).toMatchObject({ rows: 2 });
	expect(rows).toBe(Object.values(trailer.tables).reduce((sum, table) => sum + table.rows, 0));
	expect(header).toMatchObject({
		madeAt: '2026-11-24T03:30:00.000Z',
		version: expect.stringMatching(/^\d+\.\d+\.\d+/)
	});
	expect(statSync(path)).toMatchObject({ size: bytes, mode: 0o100600 });
});

test('promise 8: a backup that is cut off anywhere is refused', async ({ db }) => {
	const bytes = readFileSync(await backupOf(db));
	const path = newPath();
	for (let length = 0; length < bytes.length; length += length < 64 || length > bytes.length - 64 ? 1 : 13) {
		writeFileSync(path, bytes.subarray(0, length));
		await expect(verifyBackup(path), `${length} of ${bytes.length} bytes`).rejects.toMatchObject({ reason: 'invalid' });
	}
});

test('promise 8: a backup of which a bit was flipped is refused, wherever it was', async ({ db }) => {
	const bytes = readFileSync(await backupOf(db));
	const path = newPath();
	for (let at = 0; at < bytes.length; at += at < 64 || at > bytes.length - 64 ? 1 : 7) {
		const flipped = Buffer.from(bytes);
		flipped[at]! ^= 1 << (at % 8);
		writeFileSync(path, flipped);
		await expect(verifyBackup(path), `byte ${at}`).rejects.toMatchObject({ reason: 'invalid' });
	}
});

test('promise 8: a backup whose parts are of another shape than they say is refused, whatever its digests', () => {
	const header = {
		part: 'header',
		version: '1.2.3-beta.1',
		madeAt: '2026-11-24T03:30:00.000Z',
		migrations: [],
		tables: [],
		sequences: [],
		snapshot: '700:702:'
	};
	const rows = { part: 'rows', table: 'paper', rows: 1, sha256: '' };
	const end = { part: 'end', tables: {}, jobs: 0 };
	for (const whole of [header, rows, end]) {
		expect(readPart(Buffer.from(`${JSON.stringify(whole)}\n`))).toMatchObject({ header: whole });
		for (const field of Object.keys(whole))
			for (const wrong of [undefined, null, 7.5, [null], { a: null }]) {
				const bytes = Buffer.from(`${JSON.stringify({ ...whole, [field]: wrong })}\n`);
				expect(readPart(bytes), `${whole.part} ${field} ${JSON.stringify(wrong)}`).toBeNull();
			}
	}
	for (const text of ['', 'null', '[]', '7', '{"part":"other"}']) expect(readPart(Buffer.from(`${text}\n`))).toBeNull();
});

test('what was added to the end of a backup is refused', async ({ db }) => {
	const path = await backupOf(db);
	appendFileSync(path, '\n');
	await expect(verifyBackup(path)).rejects.toThrow(
		'is damaged, something was added to its end; nothing of it is restored.'
	);
});

test('parts that are left out, doubled or in another order are refused, also where every digest is right', async ({
	db
}) => {
	const [header, ...rest] = await partsOf(await backupOf(db));
	const trailer = rest.pop()!;
	const orders = [
		[header, ...rest.slice(1), trailer],
		[header, rest[0], ...rest, trailer],
		[header, ...rest],
		[...rest, trailer],
		[header, trailer, ...rest],
		[header, header, ...rest, trailer],
		[header, ...rest, trailer, trailer]
	];
	// Tables in another order hold the same; rows of one in another order do not.
	expect(rest.map((part) => readPart(part)!.header)).toContainEqual(
		expect.objectContaining({ table: 'paper', rows: 2 })
	);
	for (const order of orders)
		await expect(written(order as Buffer[]).then(verifyBackup)).rejects.toThrow(
			/is damaged, (a checksum in it does not agree|it is not built as a backup is); .* Use another backup file\.$/
		);
	const swapped = rest.map((part) => {
		const { header: said, lines } = readPart(part)!;
		return 'table' in said && said.table === 'paper'
			? partOf(said, Buffer.from(lines.toString().split('\n').toReversed().join('\n')))
			: part;
	});
	await expect(written([header!, ...swapped, trailer]).then(verifyBackup)).rejects.toThrow(
		'a checksum in it does not agree'
	);
});

test('a folder, and a file that may not be read, are named in a sentence', async () => {
	const path = newPath();
	mkdirSync(path);
	await expect(verifyBackup(path)).rejects.toThrow(`${path} is a folder; name a backup file.`);
	const locked = newPath();
	writeFileSync(locked, '', { mode: 0o000 });
	// Root may read every file.
	const sentence =
		process.getuid?.() === 0 ? 'is not a backup' : `${locked} cannot be read: this user may not read it.`;
	await expect(verifyBackup(locked)).rejects.toThrow(sentence);
	await expect(verifyBackup(join(locked, 'inside'))).rejects.toThrow('cannot be read: there is no such file.');
});

test.each([
	['an empty file', ''],
	['another file', 'PK\u0003\u0004 an archive of something else entirely'],
	['a table of text', 'id,title\n1,Attention\n'.repeat(100)]
])('%s is no backup', async (_name, text) => {
	const path = newPath();
	writeFileSync(path, text);
	await expect(verifyBackup(path)).rejects.toMatchObject({ reason: 'invalid' });
});

test('a part that would unpack to more than it says is refused without being unpacked', async () => {
	const path = newPath();
	const bomb = zstdCompressSync(Buffer.alloc(512 * 2 ** 20));
	for (const claimed of [10, 64 * 2 ** 20, 2 ** 32 - 1]) {
		const lengths = Buffer.alloc(8);
		lengths.writeUInt32BE(bomb.length, 0);
		lengths.writeUInt32BE(claimed, 4);
		const bytes = Buffer.concat([Buffer.from('broadsheet backup 1\n'), lengths, bomb, Buffer.alloc(8)]);
		writeFileSync(path, Buffer.concat([bytes, createHash('sha256').update(bytes).digest()]));
		const before = process.memoryUsage.rss();
		await expect(verifyBackup(path)).rejects.toThrow('is damaged, it was changed');
		expect(process.memoryUsage.rss() - before).toBeLessThan(200 * 2 ** 20);
	}
});

test('a backup of a newer version is refused by its name; so is a newer format', async ({ db }) => {
	const [header, ...rest] = await partsOf(await backupOf(db));
	const { header: said } = readPart(header!)!;
	if (said.part !== 'header') throw new Error('the first part is the header');
	const migrations = [...said.migrations, { name: '0999_moons.sql', checksum: 'x' }];
	const newer = await written([partOf({ ...said, version: '9.1.0', migrations }), ...rest]);
	await expect(checkBackup({ path: newer })).rejects.toThrow(
		`${newer} was made by Broadsheet 9.1.0, which is newer (it knows 0999_moons.sql); restore it with that version.`
	);
	const changed = said.migrations.map((one, at) => (at === 0 ? { ...one, checksum: 'x' } : one));
	const other = await written([partOf({ ...said, migrations: changed }), ...rest]);
	await expect(checkBackup({ path: other })).rejects.toThrow('was made with another 0001_papers.sql');

	const path = newPath();
	writeFileSync(path, `broadsheet backup 2\n${'?'.repeat(100)}`);
	await expect(checkBackup({ path })).rejects.toThrow('was made by a newer version of Broadsheet');
});
