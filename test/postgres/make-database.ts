import pg from 'pg';

/** The PostgreSQL server of `bin/test --postgres`. */
export interface TestServer {
	/** The address of its first database, as the superuser. */
	address: string;
	/** The name of a migrated database that nobody is connected to. */
	template: string;
}

let made = 0;

/** Makes a database, empty or with the tables of this version, and gives its address. It goes with the server. */
export async function makeDatabase({ address, template }: TestServer, { migrated = false } = {}): Promise<string> {
	made += 1;
	const name = `test_${process.pid}_${Math.random().toString(36).slice(2, 8)}_${made}`;
	const client = new pg.Client({ connectionString: address });
	await client.connect();
	try {
		await client.query(`create database ${name} ${migrated ? `template ${template}` : ''}`);
	} finally {
		await client.end();
	}
	return addressOf(address, name);
}

/** The address of another database of the same server. */
export function addressOf(server: string, name: string) {
	const address = new URL(server);
	address.pathname = name;
	return String(address);
}
