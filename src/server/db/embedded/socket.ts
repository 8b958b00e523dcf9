import { connect } from 'node:net';
import { join } from 'node:path';

/** What PostgreSQL's drivers look for in the folder that they are given as the host. */
export const socketName = '.s.PGSQL.5432';

/** The only user and database of the embedded server; every client is given them, whatever it asks for. */
export const embeddedUser = 'postgres';

/** Whether somebody listens on the socket in this folder. */
export function answers(socketFolder: string) {
	return new Promise<boolean>((resolve) => {
		const socket = connect(join(socketFolder, socketName));
		socket.on('error', () => resolve(false));
		socket.on('connect', () => {
			socket.destroy();
			resolve(true);
		});
	});
}
