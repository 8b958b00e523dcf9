import { request as httpRequest, type IncomingHttpHeaders, type RequestOptions } from 'node:http';
import { connect } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Refused } from '#server/refused.ts';
import type { Db } from '#server/db/database.ts';
import type { BuiltSite } from './built-site.ts';
import { forgetStopping } from './stopping.ts';
import { startWebServer } from './web-server.ts';

type Settings = Parameters<typeof startWebServer>[0];
type Asked = Parameters<BuiltSite['render']>[0];

/** A page of a test: what it answers, and how often it was made. */
export type TestPage = (asked: Asked) => Response | Promise<Response>;

const WARM = '/is-it-kept';

/** Serves the pages of a test as production serves the build: everything but SvelteKit is real. */
export async function startEdge(db: Db, pages: Record<string, TestPage>, settings: Partial<Settings> = {}) {
	const dataFolder = mkdtempSync(join(tmpdir(), 'broadsheet-edge-'));
	const made: string[] = [];
	const render: BuiltSite['render'] = async (asked) => {
		const { pathname, search } = new URL(asked.url);
		made.push(pathname + search);
		asked.told.route = pathname;
		return pathname === WARM ? page('warm') : (pages[pathname] ?? notFound)(asked);
	};
	const site = { isFile: () => false, sendFile: () => {}, render };
	const standard = { host: '127.0.0.1', port: 0, origin: null, dataFolder, trustedProxies: [], accessLogDays: 0 };
	const edge = await startWebServer({ ...standard, ...settings, db, site });
	onTestFinished(async () => {
		await edge.stop();
		forgetStopping();
		rmSync(dataFolder, { recursive: true, force: true });
	});
	// Nothing is kept before the first look at what changes, which a busy machine may take a while for.
	for (let before = -1; made.length !== before; await ask(edge.address, WARM)) before = made.length;
	made.length = 0;
	return { ...edge, dataFolder, made, port: Number(new URL(edge.address).port) };
}

/** The title of a paper as its page shows it; what it hangs on is what that page hangs on. */
export function paperPage(db: Db, key: string): TestPage {
	return async ({ told }) => {
		told.hangsOn = [`paper:${key}`, 'featured', 'everything'];
		try {
			const paper = await db.selectFrom('paper').select('title').where('key', '=', key).executeTakeFirst();
			return paper ? page(paper.title) : new Response('no such paper', { status: 404 });
		} catch (fault) {
			if (!(fault instanceof Refused)) throw fault;
			return new Response(fault.message, { status: 503 });
		}
	};
}

export const page = (text: string) => new Response(text, { headers: { 'content-type': 'text/html' } });

const notFound: TestPage = () => new Response('nothing', { status: 404, headers: { 'content-type': 'text/plain' } });

export interface Got {
	status: number;
	headers: IncomingHttpHeaders;
	body: Buffer;
	text: string;
}

/** Asks with exactly these headers, and decodes nothing. */
export function ask(address: string, path: string, options: RequestOptions = {}, body?: string): Promise<Got> {
	return new Promise((resolve, reject) => {
		const asked = httpRequest(address, { path, agent: false, ...options }, (response) => {
			const parts: Buffer[] = [];
			response.on('data', (part: Buffer) => parts.push(part));
			response.on('error', reject);
			response.on('end', () => {
				const whole = Buffer.concat(parts);
				resolve({ status: response.statusCode!, headers: response.headers, body: whole, text: String(whole) });
			});
		});
		asked.on('error', reject);
		asked.end(body);
	});
}

/** Sends bytes as they are, and gives what comes back until the other side ends. */
export function sendRaw(port: number, bytes: string | Buffer): Promise<string> {
	return new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
		let got = '';
		socket.setTimeout(5_000, () => socket.destroy());
		socket.on('data', (part) => (got += String(part)));
		socket.on('error', () => {});
		socket.on('close', () => resolve(got));
	});
}
