import { once } from 'node:events';
import { Agent, createServer, request } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished } from 'vitest';
import type { Db } from '#server/db/database.ts';
import { databaseTest as test } from '#server/db/test-database.ts';
import { ask, page, startEdge } from './test-edge.ts';
import { forgetStopping, isStopping } from './stopping.ts';

const slowPage = async () => {
	await pause(30);
	return page('here');
};

test('promise 27: no connection is taken 100 ms after the word, what was asked is answered, and the port is free', async ({
	db
}) => {
	onTestFinished(forgetStopping);
	const asked = Promise.withResolvers<void>();
	const edge = await startEdge(db, {
		'/slow': async () => {
			asked.resolve();
			await pause(400);
			return page('here');
		}
	});
	const agent = new Agent({ keepAlive: true });
	const answer = ask(edge.address, '/slow', { agent });
	await asked.promise;
	const began = performance.now();
	const stopped = edge.stop();
	expect(isStopping()).toBe(true);
	await pause(50);
	const refused = await once(connect(edge.port, '127.0.0.1'), 'error').then(([fault]) => fault.code);
	expect([refused, performance.now() - began < 1_000]).toEqual(['ECONNREFUSED', true]);
	expect(await answer).toMatchObject({ text: 'here', headers: { connection: 'close' } });
	await stopped;
	agent.destroy();
});

test('promise 27: who has a connection open may ask once more, is told that it closes, and an idle one is closed', async ({
	db
}) => {
	onTestFinished(forgetStopping);
	const edge = await startEdge(db, { '/': () => page('here') });
	const [kept, idle] = [connect(edge.port, '127.0.0.1'), connect(edge.port, '127.0.0.1')];
	let got = '';
	kept.on('data', (part) => (got += String(part)));
	kept.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n');
	while (!got.endsWith('here')) await pause(5);
	const ended = Promise.all([once(kept, 'end'), once(idle.resume(), 'end')]);
	const stopped = edge.stop();
	// The half of a request is on its way while the server stops.
	kept.write('GET / HTTP/1.1\r\nHo');
	await pause(300);
	kept.write('st: a\r\n\r\n');
	await ended;
	await stopped;
	expect(got.split('HTTP/1.1 200').length - 1).toBe(2);
	expect(got.toLowerCase()).toContain('connection: close');
});

test('promise 27: 20 restarts of two servers behind a proxy under 50 requests a second fail none', async ({ db }) => {
	onTestFinished(forgetStopping);
	const proxy = await startProxy();
	const instances = [await newInstance(db, proxy), await newInstance(db, proxy)];
	const asked: Promise<string>[] = [];
	const visitors = setInterval(() => asked.push(ask(proxy.address, '/').then(({ text }) => text)), 20);
	for (let restart = 0; restart < 20; restart += 1) {
		const old = instances[restart % 2]!;
		const [next] = await Promise.all([newInstance(db, proxy), old.leave()]);
		instances[restart % 2] = next!;
		await pause(60);
	}
	clearInterval(visitors);
	const answers = await Promise.all(asked);
	expect(answers.length).toBeGreaterThan(50);
	expect(answers.filter((text) => text !== 'here')).toEqual([]);
}, 60_000);

interface Proxy {
	address: string;
	ports: number[];
}

/** A server that the proxy is told of; it leaves as one that a deploy replaces. */
async function newInstance(db: Db, { ports }: Proxy) {
	const edge = await startEdge(db, { '/': slowPage });
	ports.push(edge.port);
	return {
		async leave() {
			// A proxy finds out by itself: the next request is refused, and goes to the other.
			await edge.stop();
			ports.splice(ports.indexOf(edge.port), 1);
		}
	};
}

/** The least that a proxy does: in turn, over connections that are kept, and to the next where one cannot be reached. */
async function startProxy(): Promise<Proxy> {
	const ports: number[] = [];
	const agent = new Agent({ keepAlive: true });
	let turn = 0;
	const server = createServer((asked, answer) => {
		const forward = (attempt: number) => {
			const port = ports[(turn += 1) % ports.length]!;
			const requested = request({ host: '127.0.0.1', port, path: asked.url, agent }, (response) => {
				answer.writeHead(response.statusCode!);
				response.pipe(answer);
			});
			requested
				.on('error', (fault: NodeJS.ErrnoException) => {
					// A connection that was never taken is tried elsewhere. The kernel resets one that arrives in the instant
					// in which the port is closed; a cut on a connection that was in use is a failed request.
					const isUntaken = ['ECONNREFUSED', 'ECONNRESET'].includes(fault.code!) && !requested.reusedSocket;
					if (isUntaken && attempt < 5) forward(attempt + 1);
					else answer.writeHead(502).end(`${fault.code}, ${requested.reusedSocket ? 'kept' : 'new'} connection`);
				})
				.end();
		};
		forward(0);
	});
	server.listen(0, '127.0.0.1');
	await once(server, 'listening');
	onTestFinished(() => {
		agent.destroy();
		server.closeAllConnections();
		server.close();
	});
	return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ports };
}
