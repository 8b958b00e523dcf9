import { rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { isAbsolute, join } from 'node:path';
import { faultOf, log } from '../../log.ts';
import { Refused } from '../../refused.ts';
import { type ControlRequest, controlName, type Copied, type DatabaseState } from './control.ts';

interface Answers {
	state: () => DatabaseState;
	copy: (to: string) => Promise<Copied>;
}

/** Bytes of a path on Linux, PATH_MAX. */
const longestPath = 4096;
/** Characters. JSON may need six for one of a path. */
const longestLine = 8 * longestPath;

/** Answers what control.ts asks. The lock is ours, so a socket that lies there is of a process that was killed. */
export function serveControl(socketFolder: string, answers: Answers) {
	const path = join(socketFolder, controlName);
	rmSync(path, { force: true });
	// A client ends its side when it has asked, and reads on.
	const server = createServer({ allowHalfOpen: true }, (socket) => {
		socket.on('error', () => {});
		onLine(socket, (line) => void answer(socket, line));
	});
	return new Promise<{ close: () => void }>((resolve, reject) => {
		server.once('error', reject);
		server.listen(path, () => resolve({ close: () => server.close() }));
	});

	async function answer(socket: Socket, line: string) {
		socket.end(`${JSON.stringify(await answerTo(line))}\n`, () => socket.destroy());
	}

	async function answerTo(line: string) {
		try {
			const request = requestIn(line);
			return request.ask === 'state' ? answers.state() : await answers.copy(request.to);
		} catch (fault) {
			if (!(fault instanceof Refused)) log('error', 'the database could not answer', faultOf(fault));
			return { refused: fault instanceof Refused ? fault.message : `The database could not do it: ${String(fault)}` };
		}
	}
}

/** Hears one line, which the end of what is said ends too; of one that is too long, the beginning. */
function onLine(socket: Socket, hear: (line: string) => void) {
	let said = '';
	const add = (text: string) => {
		said += text;
		if (said.includes('\n') || said.length > longestLine) stop();
	};
	const stop = () => {
		socket.off('data', add).off('end', stop).pause();
		hear(said.split('\n', 1)[0]!.slice(0, longestLine));
	};
	socket.setEncoding('utf8').on('data', add).on('end', stop);
}

function requestIn(line: string): ControlRequest {
	const { ask, to } = fieldsIn(line);
	if (ask === 'state') return { ask };
	if (ask === 'copy' && isPath(to)) return { ask, to };
	throw new Refused('invalid', `The database's process was asked what it does not know: ${line.slice(0, 100)}`);
}

function fieldsIn(line: string): { ask?: unknown; to?: unknown } {
	try {
		return (JSON.parse(line) as object | null) ?? {};
	} catch {
		return {};
	}
}

function isPath(to: unknown): to is string {
	return typeof to === 'string' && isAbsolute(to) && !to.includes('\0') && Buffer.byteLength(to) < longestPath;
}
