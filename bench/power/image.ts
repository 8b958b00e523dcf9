import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openDatabase } from '#server/db/connection.ts';
import { makeTables } from '../durability/writers.ts';
import { databaseProcesses, root } from '../served.ts';
import { run } from './programs.ts';

export const WRITERS = 4;
/** What the database process and its clients load from node_modules; what these depend on comes along. */
const PACKAGES = ['@electric-sql/pglite', 'kysely', 'pg'];
/** The line of durable-fs.ts that makes PostgreSQL's fsync one of the disk. */
const durable = 'files.stream_ops.fsync = (stream) => fsync(files, stream);';
const forgetful = 'files.stream_ops.fsync = () => 0;';

const init = `#!/bin/busybox sh
busybox mount -t proc proc /proc
busybox mount -t devtmpfs dev /dev
busybox mount -t tmpfs tmpfs /tmp
exec node --disable-warning=ExperimentalWarning /app/bench/power/guest.ts < /dev/null > /dev/ttyS1 2>&1
`;

interface Image {
	/** Where the guest's programs were unpacked. */
	guest: string;
	fsync: boolean;
}

/**
 * Makes a disk for the guest: an ext4 file system with Node.js, what of the product the database needs, and a data folder that
 * was made here, for the guest is slow. Without `fsync` the guest's copy of our file layer does nothing when PostgreSQL asks for it.
 */
export async function makeImage(folder: string, { guest, fsync }: Image) {
	const stage = join(folder, 'stage');
	for (const name of ['proc', 'dev', 'tmp', 'data']) mkdirSync(join(stage, name), { recursive: true });
	bring(process.execPath, stage);
	copyTo(join(guest, 'bin/busybox'), join(stage, 'bin/busybox'));
	writeFileSync(join(stage, 'init'), init, { mode: 0o755 });
	bringProduct(join(stage, 'app'), fsync);
	await makeDatabase(join(stage, 'data/folder'));
	const image = join(folder, 'image');
	run('mke2fs', '-q', '-t', 'ext4', '-d', stage, image, '800M');
	return image;
}

/** A program and the libraries that it loads, where it looks for them. */
function bring(program: string, stage: string) {
	const libraries = [...run('ldd', program).matchAll(/(?:=> |^\t)(\/\S+) \(/gm)].map(([, path]) => path!);
	for (const path of libraries) copyTo(path, join(stage, path));
	copyTo(program, join(stage, 'bin', basename(program)));
}

function copyTo(path: string, target: string) {
	mkdirSync(dirname(target), { recursive: true });
	copyFileSync(path, target);
}

function bringProduct(app: string, fsync: boolean) {
	const isMeant = (path: string) => !path.endsWith('.test.ts');
	for (const path of ['package.json', 'src/server', 'bench/durability', 'bench/power'])
		cpSync(join(root, path), join(app, path), { recursive: true, filter: isMeant });
	for (const path of packageFolders(PACKAGES, root)) cpSync(path, join(app, relative(root, path)), { recursive: true });
	const layer = join(app, 'src/server/db/embedded/durable-fs.ts');
	const text = readFileSync(layer, 'utf8');
	if (!text.includes(durable))
		throw new Error(`durable-fs.ts has no line "${durable}" any more; mend bench/power/image.ts.`);
	if (!fsync) writeFileSync(layer, text.replace(durable, forgetful));
}

/** The folders of these packages and of all that they depend on. */
function packageFolders(names: string[], from: string, found = new Set<string>()) {
	for (const name of names) {
		const folder = packageFolder(name, from);
		if (!folder || found.has(folder)) continue;
		found.add(folder);
		const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
			dependencies?: Record<string, string>;
		};
		packageFolders(Object.keys(dependencies), folder, found);
	}
	return found;
}

const packageFolder = (name: string, from: string) =>
	[join(from, 'node_modules', name), join(root, 'node_modules', name)].find((path) => existsSync(path));

async function makeDatabase(dataFolder: string) {
	const { db, close } = await openDatabase({ dataFolder, databaseUrl: null }, { processArguments: ['--linger=2000'] });
	await makeTables(db, WRITERS);
	await close();
	while (databaseProcesses(dataFolder).length > 0) await pause(20);
}
