import { createServer, type Socket } from 'node:net';
import { rmSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { createInterface } from 'node:readline';
import { faultOf, log } from '../../log.ts';
import { Refused } from '../../refused.ts';
import { type ControlRequest, controlName, type Copied, type DatabaseState } from './control.ts';

interface Answers {
	state: () => DatabaseState;
	copy: (to: string) => Promise<Copied>;
}

/** Answers what control.ts asks. The lock is ours, so a socket that lies there is of a process that was killed. */
export function serveControl(socketFolder: string, answers: Answers) {
	const path = join(socketFolder, controlName);
	rmSync(path, { force: true });
	// A client ends its side when it has asked, and reads on.
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		socket.on('error', () => {});
		createInterface({ input: socket }).once('line', (line) => void answer(socket, line));
	});
	return new Promise<{ close: () => void }>((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, () => resolve({ close: () => server.close() }));
	});

	async function answer(socket: Socket, line: string) {
		socket.end(`${JSON.stringify(await answerTo(line))}\n`);
	}

	async function answerTo(line: string) {
		try {
			const request = JSON.parse(line) as ControlRequest;
			if (request.ask === 'state') return answers.state();
			if (request.ask === 'copy' && isAbsolute(request.to)) return await answers.copy(request.to);
			throw new Refused('invalid', `The database's process was asked what it does not know: ${line.slice(0, 100)}`);
		} catch (fault) {
			if (!(fault instanceof Refused)) log('error', 'the database could not answer', faultOf(fault));
			return { refused: fault instanceof Refused ? fault.message : `The database could not do it: ${String(fault)}` };
		}
	}
}
