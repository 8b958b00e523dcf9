import { spawn } from 'node:child_process';
import { served, type Served } from './served.ts';

/** The program: it is told its headers and body on standard input. */
const source = `
	const { headers, body } = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));
	const bytes = Buffer.from(body, 'base64');
	const server = require('node:http').createServer((_, response) => {
		response.writeHead(200, headers);
		response.end(bytes);
	});
	server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ address: 'http://127.0.0.1:' + server.address().port })));`;

/** A process of its own that sends the same bytes from memory: the least that a page of this size costs. */
export function bareServer(body: Buffer, headers: Record<string, string>): Promise<Served> {
	const server = spawn(process.execPath, ['-e', source], { stdio: ['pipe', 'pipe', 'inherit'] });
	server.stdin.end(JSON.stringify({ headers, body: body.toString('base64') }));
	return served(server);
}
