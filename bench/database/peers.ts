import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '#server/db/connection.ts';
import { socketFolderOf } from '#server/db/embedded/data-folder.ts';
import { embeddedUser } from '#server/db/embedded/socket.ts';
import { startPostgres } from '../../test/postgres/server.ts';

/** Something that speaks PostgreSQL's protocol on a unix socket. */
export interface Peer {
	name: 'embedded' | 'server';
	connect: () => Promise<pg.Client>;
	stop: () => Promise<void>;
}

/** The embedded database, in the process that the product starts. */
export async function embeddedPeer(folder: string): Promise<Peer> {
	const dataFolder = join(folder, 'data');
	const { close } = await openDatabase({ dataFolder, databaseUrl: null });
	const connect = () => connected({ host: socketFolderOf(dataFolder), user: embeddedUser, database: embeddedUser });
	return { name: 'embedded', connect, stop: close };
}

/** A real PostgreSQL 18 with its own settings, on the same disk. bin/postgres has installed it. */
export async function serverPeer(): Promise<Peer> {
	const server = await startPostgres({ locale: 'C' });
	const { port, username: user, password } = new URL(server.address);
	const connect = () => connected({ host: server.folder, port: Number(port), user, password, database: 'postgres' });
	return { name: 'server', connect, stop: server.stop };
}

async function connected(where: pg.ClientConfig) {
	const client = new pg.Client(where);
	await client.connect();
	return client;
}
