import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** How a connection wears a server out: it never ends its header, its body, or the reading of its answers. */
const WAYS: { first: string; more: string; reads: boolean }[] = [
	{ first: 'GET / HTTP/1.1\r\nhost: localhost\r\n', more: 'x-slow: y\r\n', reads: true },
	{ first: 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 60000\r\n\r\n', more: 'x', reads: true },
	{ first: 'GET / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 60000\r\n\r\n', more: 'x', reads: true },
	{ first: 'GET /archive HTTP/1.1\r\nhost: localhost\r\n\r\n'.repeat(50), more: '', reads: false }
];

/** Between two bytes, and before another connection takes the place of one that the server closed. */
const MS_BETWEEN_BYTES = 1_000;
const MS_BEFORE_ANOTHER = 5_000;

/** Opens slow connections from a process of its own, and another for each that the server closes, until told to stop. */
export async function openSlowSockets(address: string, count: number) {
	const child = spawn(process.execPath, [fileURLToPath(import.meta.url), address, String(count)], {
		stdio: ['pipe', 'pipe', 'inherit']
	});
	const lines = createInterface(child.stdout);
	await once(lines, 'line');
	return async () => {
		child.stdin.end();
		const [line] = (await once(lines, 'line')) as [string];
		return JSON.parse(line) as { opened: number; closed: number };
	};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await wearOut(process.argv[2]!, Number(process.argv[3]));

async function wearOut(address: string, count: number) {
	const { hostname, port } = new URL(address);
	const sockets = new Set<Socket>();
	let opened = 0;
	let closed = 0;
	let stopped = false;
	const open = (way: number) => {
		const { first, more, reads } = WAYS[way % WAYS.length]!;
		const socket = connect({ host: hostname, port: Number(port) });
		opened += 1;
		sockets.add(socket);
		socket.write(first);
		if (reads) socket.resume();
		const drip = setInterval(() => more && socket.writable && socket.write(more), MS_BETWEEN_BYTES);
		socket.on('error', () => {});
		socket.on('close', () => {
			clearInterval(drip);
			sockets.delete(socket);
			closed += 1;
			if (!stopped) setTimeout(open, MS_BEFORE_ANOTHER, way);
		});
	};
	for (let way = 0; way < count; way += 1) open(way);
	setTimeout(() => console.log('open'), 2_000);
	process.stdin.resume();
	await once(process.stdin, 'end');
	stopped = true;
	console.log(JSON.stringify({ opened, closed }));
	process.exit();
}
