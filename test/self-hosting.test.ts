import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
	accessSync,
	constants,
	cpSync,
	existsSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync
} from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** A drill of backup and restore starts the database four times. */
const PATIENCE = 120_000;
const root = join(import.meta.dirname, '..');
const blocks = [...readFileSync(join(root, 'docs/self-hosting.md'), 'utf8').matchAll(/^```sh\n([\s\S]*?)^```$/gm)].map(
	([, commands]) => commands!
);
const isLeftOut = (block: string) => block.startsWith('# Not run by the tests: ');
const needsOf = (block: string) => /^# Needs (\S+)\n/.exec(block)?.[1] ?? 'sh';
const commandOf = (block: string) => block.split('\n').find((line) => !line.startsWith('#'))!;

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-hosting-'));
const copy = join(folder, 'broadsheet');
let env: Record<string, string>;

beforeAll(async () => {
	copyOfRepository();
	env = { PATH: process.env.PATH!, PORT: String(await freePort()), DATA_FOLDER: join(folder, 'data'), SAMPLES: 'no' };
});
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 20 }));

const run = (file: string, args: string[]) => promisify(execFile)(file, args, { cwd: copy, env, timeout: PATIENCE });

for (const block of blocks.filter((block) => !isLeftOut(block)))
	test.skipIf(!isInstalled(needsOf(block)))(
		`docs/self-hosting.md: ${commandOf(block)} … runs as written`,
		() => run('sh', ['-euc', block]),
		PATIENCE
	);

test('what docs/self-hosting.md does not run names files and commands that exist', () => {
	const leftOut = blocks.filter(isLeftOut).join('\n');
	const files = [...leftOut.matchAll(/\/opt\/broadsheet\/((?:bin|deploy)\/[\w.-]+)/g)].map(([, file]) => file!);
	expect(files).toContain('deploy/broadsheet.service');
	expect(files.filter((file) => !existsSync(join(root, file)))).toEqual([]);
	const commands = [...leftOut.matchAll(/bin\/broadsheet (\w+)/g)].map(([, command]) => command!);
	expect(commands).toContain('move');
	expect(commands.filter((command) => !existsSync(join(root, `src/cli/${command}.ts`)))).toEqual([]);
});

test.skipIf(!isInstalled('nginx') || !isInstalled('openssl'))(
	'deploy/nginx.conf is taken by nginx',
	async () => {
		const [key, certificate] = [join(folder, 'key.pem'), join(folder, 'certificate.pem')];
		const names = ['-subj', '/CN=papers.example.org', '-keyout', key, '-out', certificate];
		await run('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...names]);
		const site = readFileSync(join(root, 'deploy/nginx.conf'), 'utf8')
			.replace(/(listen (?:\[::\]:)?)(80|443)/g, (_, listen, port) => `${listen}${Number(port) + 20_000}`)
			.replace(/\S+fullchain\.pem/, certificate)
			.replace(/\S+privkey\.pem/, key);
		const main = join(folder, 'nginx.conf');
		writeFileSync(main, `pid ${folder}/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n${site}}\n`);
		const { stderr } = await run('nginx', ['-t', '-p', folder, '-c', main]);
		expect(stderr).toContain('test is successful');
		expect(stderr).not.toContain('[warn]');
	},
	60_000
);

test(
	'the first process of a container hands on the signal to stop, and ends as its command does',
	async () => {
		const server = spawn('deploy/in-container', ['serve', '--json'], {
			cwd: copy,
			env,
			stdio: ['ignore', 'pipe', 'inherit']
		});
		await once(createInterface(server.stdout), 'line');
		server.kill('SIGTERM');
		expect(await once(server, 'exit')).toEqual([0, null]);
		await expect(run('deploy/in-container', ['frobnicate'])).rejects.toMatchObject({ code: 1 });
	},
	PATIENCE
);

/** The packages are too large to be copied, so a copy borrows them; bin/test has installed what the lock file names. */
function copyOfRepository() {
	const read = (path: string) => readFileSync(join(root, path), 'utf8');
	expect(read('node_modules/.installed')).toBe(read('package-lock.json'));
	const leftBehind = /^(\.git|\.svelte-kit|data|node_modules|bench\/lighthouse\/node_modules)$/;
	cpSync(root, copy, {
		recursive: true,
		preserveTimestamps: true,
		filter: (path) => !leftBehind.test(relative(root, path))
	});
	symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

function isInstalled(name: string) {
	return (process.env.PATH ?? '').split(delimiter).some((folder) => {
		try {
			accessSync(join(folder, name), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

async function freePort() {
	const server = createServer().listen(0, '127.0.0.1');
	await once(server, 'listening');
	const { port } = server.address() as AddressInfo;
	server.close();
	return port;
}
