import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Refused } from '#server/refused.ts';

/** What is asked for by name, and the package of Debian that has it. */
const PROGRAMS = { nginx: 'nginx', varnishd: 'varnish', haproxy: 'haproxy', slowhttptest: 'slowhttptest' };
/** Debian puts servers where only root's PATH looks. */
const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
const PATIENCE = 15_000;

export interface Proxy {
	port: number;
	stop(): Promise<void>;
}

/** Installs what is missing of them with apt-get, for root; refuses otherwise, and says what to install. */
export function installPrograms() {
	const missing = Object.entries(PROGRAMS).filter(([program]) => !isInstalled(program));
	if (missing.length === 0) return;
	const packages = missing.map(([, name]) => name);
	if (process.getuid?.() !== 0 || !isInstalled('apt-get'))
		throw new Refused('invalid', `This needs ${packages.join(', ')}: apt-get install ${packages.join(' ')}`);
	const quiet = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, stdio: 'ignore' as const };
	execFileSync('apt-get', ['update', '-qq'], quiet);
	execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], quiet);
}

export async function startNginx(folder: string, http: (port: number) => string) {
	const port = await freePort();
	const own = ownFolder(folder, port);
	const file = join(own, 'nginx.conf');
	const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${own}/${name};`);
	const whole = `daemon off; ${process.getuid?.() === 0 ? 'user root;' : ''} pid ${own}/pid; error_log ${own}/log;
		worker_processes 1; events { worker_connections 2048; }
		http { access_log off; ${paths.join(' ')} ${http(port)} }`;
	writeFileSync(file, whole);
	return started('nginx', ['-p', own, '-c', file], port);
}

export async function startVarnish(folder: string, vcl: string) {
	const port = await freePort();
	const own = ownFolder(folder, port);
	const file = join(own, 'own.vcl');
	writeFileSync(file, vcl);
	// Its own user could not read the folder; it serves this bench alone.
	return started(
		'varnishd',
		['-j', 'none', '-F', '-n', own, '-f', file, '-a', `127.0.0.1:${port}`, '-s', 'malloc,64m'],
		port
	);
}

export async function startHaproxy(folder: string, configuration: (port: number) => string) {
	const port = await freePort();
	const file = join(ownFolder(folder, port), 'haproxy.cfg');
	writeFileSync(file, configuration(port));
	return started('haproxy', ['-db', '-q', '-f', file], port);
}

export async function freePort() {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}

export function accepts(port: number) {
	return new Promise<boolean>((resolve) => {
		const socket = connect(port, '127.0.0.1');
		socket.on('error', () => resolve(false));
		socket.on('connect', () => resolve(socket.destroy() !== null));
	});
}

export function pathOfProgram(name: string) {
	return FOLDERS.map((folder) => join(folder, name)).find(isExecutable) ?? name;
}

const isInstalled = (name: string) => FOLDERS.some((folder) => isExecutable(join(folder, name)));

function isExecutable(path: string) {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}

function ownFolder(folder: string, port: number) {
	const own = join(folder, `proxy-${port}`);
	mkdirSync(own, { recursive: true });
	return own;
}

async function started(program: string, args: string[], port: number): Promise<Proxy> {
	const child = spawn(pathOfProgram(program), args, { stdio: ['ignore', 'ignore', 'pipe'] });
	let said = '';
	child.stderr.on('data', (text) => (said += text));
	const deadline = performance.now() + PATIENCE;
	while (!(await accepts(port))) {
		if (child.exitCode !== null || performance.now() > deadline)
			throw new Error(`${program} did not start: ${said.trim()}`);
		await pause(50);
	}
	return { port, stop: () => ended(child) };
}

async function ended(child: ChildProcess) {
	if (child.exitCode !== null || child.signalCode !== null) return;
	child.kill('SIGTERM');
	await once(child, 'exit');
}
