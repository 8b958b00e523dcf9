import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { backendOf } from './backend.ts';
import { extensions } from './extensions.ts';
import { isAlive } from './lock.ts';
import { startMultiplexer } from './multiplexer.ts';
import { socketName } from './socket.ts';
import type { Limits } from './turns.ts';

const prefix = 'broadsheet-memory-';

/**
 * A database in the memory of this process behind the real multiplexer on a unix socket: for tests, and for whatever
 * needs the schema and no rows. An empty one takes 2.5 s, one from a dump 0.4 s and 250–300 MB of memory.
 */
export async function startInMemory({ dump, limits }: { dump?: Blob | null; limits?: Limits } = {}) {
	const pglite = await PGlite.create({ extensions, ...(dump && { loadDataDir: dump }) });
	const backend = backendOf(pglite);
	sweep();
	const socketFolder = mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
	const multiplexer = await startMultiplexer({
		backend,
		socketPath: join(socketFolder, socketName),
		limits,
		onDead: (fault) => {
			throw fault;
		}
	});

	async function close() {
		await multiplexer.close();
		await backend.close();
		rmSync(socketFolder, { recursive: true, force: true });
	}

	return { socketFolder, dump: () => pglite.dumpDataDir('none'), close };
}

export type InMemory = Awaited<ReturnType<typeof startInMemory>>;

/** A test worker is ended without being asked, so its folder is removed by whoever comes next. */
function sweep() {
	for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(prefix)))
		if (!isAlive(Number.parseInt(name.slice(prefix.length), 10)))
			rmSync(join(tmpdir(), name), { recursive: true, force: true });
}
