import { connect, Socket } from 'node:net';
import { join } from 'node:path';
import { checkSocketFolder } from './data-folder.ts';
import { socketName } from './socket.ts';

/** Whether our database listens on the socket in this folder. Refuses an answer from a folder that is not ours alone. */
export async function answers(socketFolder: string) {
	return (await somebodyListens(join(socketFolder, socketName))) && checkSocketFolder(socketFolder);
}

function somebodyListens(path: string) {
	return new Promise<boolean>((resolve) => {
		const socket = connect(path);
		socket.on('error', () => resolve(false));
		socket.on('connect', () => {
			socket.destroy();
			resolve(true);
		});
	});
}

/** A socket for the driver, which looks at the folder at each connection: the database may have gone, and another user come. */
export function checkedSocket(socketFolder: string) {
	const socket = new Socket();
	const connectTo = (path: string) => {
		try {
			if (checkSocketFolder(socketFolder)) return Socket.prototype.connect.call(socket, path);
			return socket.destroy(Object.assign(new Error(`${socketFolder} is not there`), { code: 'ENOENT' }));
		} catch (fault) {
			return socket.destroy(fault as Error);
		}
	};
	return Object.assign(socket, { connect: connectTo });
}
