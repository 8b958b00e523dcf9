import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { type Locale, makeCluster, type User, userOfPostgres } from './cluster.ts';

export interface PostgresServer {
	/** The address of its first database, as the superuser. */
	address: string;
	/** A folder on the same disk, which goes with the server. */
	folder: string;
	stop: () => Promise<void>;
}

/** Milliseconds until it must answer; 200 is usual. */
const PATIENCE = 30_000;

/**
 * Lives as long as the process that started it, however that ends: then the pipe on standard input closes, and the server
 * and its folder go. It has a process group of its own, since Ctrl-C is for whoever started it.
 */
const UNTIL_ALONE = 'folder=$1; shift; "$@" & cat >/dev/null; kill -INT $!; wait $!; rm -rf "$folder"';

/** Starts a PostgreSQL 18 on a fresh cluster of its own, on a free port of this machine. bin/postgres has installed it. */
export async function startPostgres({ locale = 'en-US' }: { locale?: Locale } = {}): Promise<PostgresServer> {
	const user = userOfPostgres();
	const [port, password] = [await freePort(), randomBytes(16).toString('hex')];
	const folder = makeCluster(user, { locale, password });
	const server = run(folder, { port, user });
	const address = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
	const stop = async () => {
		server.stdin!.end();
		if (server.exitCode === null) await once(server, 'exit');
	};
	try {
		await untilItAnswers(address);
		return { address, folder, stop };
	} catch (fault) {
		const said = readFileSync(join(folder, 'log'), 'utf8');
		await stop();
		throw new Error(`PostgreSQL did not start:\n${said}`, { cause: fault });
	}
}

function run(folder: string, { port, user }: { port: number; user: User }) {
	const settings = {
		listen_addresses: '127.0.0.1',
		port,
		unix_socket_directories: folder,
		max_connections: 200
	};
	const log = openSync(join(folder, 'log'), 'a');
	const server = spawn(
		'sh',
		['-c', UNTIL_ALONE, 'sh', folder, join(folder, 'bin/postgres'), ...argumentsOf(settings)],
		{
			...user,
			cwd: folder,
			env: { PATH: process.env.PATH, PGDATA: join(folder, 'data') },
			detached: true,
			stdio: ['pipe', log, log]
		}
	);
	closeSync(log);
	return server;
}

async function freePort() {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

const argumentsOf = (settings: Record<string, string | number>) =>
	Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

async function untilItAnswers(address: string) {
	const deadline = performance.now() + PATIENCE;
	for (;;) {
		const client = new pg.Client({ connectionString: address });
		try {
			await client.connect();
			return await client.end();
		} catch (fault) {
			if (performance.now() > deadline) throw fault;
			await pause(20);
		}
	}
}
