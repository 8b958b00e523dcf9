import { once } from 'node:events';
import type { Server } from 'node:http';
import { Refused } from '#server/refused.ts';

/** Opens the port. Refuses one that cannot be had, and says what to do. */
export async function listening(server: Server, { host, port }: { host: string; port: number }) {
	server.listen(port, host);
	try {
		await once(server, 'listening');
	} catch (fault) {
		const { code } = fault as NodeJS.ErrnoException;
		if (code === 'EADDRINUSE')
			throw new Refused(
				'conflict',
				`Port ${port} of ${host} is in use. Choose another, for example PORT=${port + 1} bin/start.`
			);
		if (code === 'EACCES')
			throw new Refused('forbidden', `This user may not open port ${port}. Choose one above 1023 with PORT.`);
		if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
			throw new Refused('invalid', `HOST is not an address of this machine: ${host}`);
		throw fault;
	}
}
