import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { root } from './served.ts';

/** Runs a command of the product on a data folder, as a person does, and gives what it printed. Fails if the command does. */
export async function broadsheet(folder: string, args: string[], environment: Record<string, string> = {}) {
	const env = { ...process.env, DATA_FOLDER: folder, ...environment };
	const { stdout } = await promisify(execFile)(join(root, 'bin/broadsheet'), args, { env, maxBuffer: 2 ** 26 });
	return stdout;
}
