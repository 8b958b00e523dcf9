import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import type { Db } from '#server/db/database.ts';

/** A database server that takes connections and never says a word. */
export async function silentDatabase() {
	const sockets = new Set<Socket>();
	const server = createServer((socket) => sockets.add(socket.on('error', () => {})));
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	const pool = new pg.Pool({ host: '127.0.0.1', port, user: 'nobody', connectionTimeoutMillis: 3_000 });
	pool.on('error', () => {});
	const db: Db = new Kysely({ dialect: new PostgresDialect({ pool }) });
	return {
		db,
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			server.close();
			await db.destroy();
		}
	};
}
