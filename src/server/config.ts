import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refused } from './refused.ts';

type Environment = Record<string, string | undefined>;

/**
 * Every setting, parsed once from the environment. Each has a default that works at once, and each can be given as
 * NAME_FILE, a file that holds the value. Refuses what cannot be used, by its name. What a setting means stands in docs/configuration.md.
 */
export function settingsFrom(environment: Environment) {
	const given = (name: string) => fromFile(environment, name) ?? environment[name]?.trim();
	const port = portNumber('PORT', given('PORT') || '4680');
	const host = given('HOST') || '127.0.0.1';
	return {
		/** The TCP port of the web server; 0 lets the system choose. */
		port,
		/** The address that the web server listens on. */
		host,
		/** Where readers reach this site: scheme, host and port, without a path. Null: the port that was opened, on localhost. */
		origin: originOf('ORIGIN', given('ORIGIN')),
		/** The folder of the embedded database; the same from wherever a command is run. */
		dataFolder: resolve(given('DATA_FOLDER') || fileURLToPath(new URL('../../data', import.meta.url))),
		/** A PostgreSQL server to use instead of the embedded database; null means embedded. */
		databaseUrl: databaseUrlOf('DATABASE_URL', given('DATABASE_URL')),
		/** The line under the nameplate: who chooses the papers. */
		curatorLine: given('CURATOR_LINE') || 'Daily papers from the research community',
		/** Whether the sample papers are loaded into an empty database at the first start. */
		samples: yesOrNo('SAMPLES', given('SAMPLES') || 'yes'),
		/** How much the log says. */
		logLevel: oneOf('LOG_LEVEL', given('LOG_LEVEL') || 'info', ['error', 'warn', 'info', 'debug'] as const)
	};
}

export type Settings = ReturnType<typeof settingsFrom>;

/** The settings of this process. */
export const config: Settings = settingsFrom(process.env);

function fromFile(environment: Environment, name: string) {
	const file = environment[`${name}_FILE`];
	if (!file) return undefined;
	if (environment[name]) throw new Refused('invalid', `${name} and ${name}_FILE are both set; leave one out.`);
	const value = contentOf(file, name);
	if (value === '') throw new Refused('invalid', `${name}_FILE names an empty file: ${file}`);
	return value;
}

function contentOf(file: string, name: string) {
	try {
		return readFileSync(file, 'utf8').trim();
	} catch (error) {
		throw new Refused('invalid', `${name}_FILE cannot be read: ${(error as Error).message}`);
	}
}

function portNumber(name: string, value: string) {
	if (/^\d{1,5}$/.test(value) && Number(value) <= 65535) return Number(value);
	throw new Refused('invalid', `${name} is not a port number from 0 to 65535: "${value}"`);
}

function originOf(name: string, value: string | undefined) {
	if (!value) return null;
	const url = URL.canParse(value) ? new URL(value) : null;
	if (url && /^https?:$/.test(url.protocol) && url.pathname === '/' && !url.search && !url.hash && !url.username)
		return url.origin;
	throw new Refused('invalid', `${name} is not an address like https://papers.example.org, without a path: "${value}"`);
}

function databaseUrlOf(name: string, value: string | undefined) {
	if (!value) return null;
	// The value may hold a password, so it is not repeated in the message.
	if (URL.canParse(value) && /^postgres(ql)?:$/.test(new URL(value).protocol)) return value;
	throw new Refused('invalid', `${name} is not an address like postgres://user@host:5432/name`);
}

function yesOrNo(name: string, value: string) {
	return oneOf(name, value, ['yes', 'no'] as const) === 'yes';
}

function oneOf<const T extends string>(name: string, value: string, choices: readonly T[]): T {
	const found = choices.find((choice) => choice === value);
	if (found) return found;
	throw new Refused('invalid', `${name} is one of ${choices.join(', ')}, not "${value}"`);
}
