import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refused } from './refused.ts';

/** An address (its prefix is all its bits), or a block of addresses. */
export interface AddressBlock {
	address: string;
	prefix: number;
	family: 'ipv4' | 'ipv6';
}

/** Who turns texts into vectors, as POST {url}/embeddings. */
export interface EmbeddingSettings {
	/** Without a slash at its end. */
	url: string;
	model: string;
	/** A secret. */
	key: string | null;
}

type Environment = Record<string, string | undefined>;

/**
 * Every setting, parsed once from the environment. Each has a default that works at once, and each can be given as
 * NAME_FILE, a file that holds the value. Refuses what cannot be used, by its name. What a setting means stands in docs/configuration.md.
 */
export function settingsFrom(environment: Environment) {
	const given = (name: string) => fromFile(environment, name) ?? environment[name]?.trim();
	const port = portNumber('PORT', given('PORT') || '4680');
	const host = given('HOST') || '127.0.0.1';
	const dataFolder = resolve(given('DATA_FOLDER') || fileURLToPath(new URL('../../data', import.meta.url)));
	return {
		/** The TCP port of the web server; 0 lets the system choose. */
		port,
		/** The address that the web server listens on. */
		host,
		/** Where readers reach this site: scheme, host and port, without a path. Null: the port that was opened, on localhost. */
		origin: originOf('ORIGIN', given('ORIGIN')),
		/** The folder of the embedded database; the same from wherever a command is run. */
		dataFolder,
		/** A PostgreSQL server to use instead of the embedded database; null means embedded. */
		databaseUrl: databaseUrlOf('DATABASE_URL', given('DATABASE_URL')),
		/** Where the nightly backups lie. */
		backupFolder: resolve(given('BACKUP_FOLDER') || join(dataFolder, 'backups')),
		/** When one is made each day, as `HH:MM` in UTC; null means never. */
		backupAt: timeOfDay('BACKUP_AT', given('BACKUP_AT') || '03:30'),
		/** How many are kept. */
		backupsKept: countOf('BACKUPS_KEPT', given('BACKUPS_KEPT') || '7'),
		/** The line under the nameplate: who chooses the papers. */
		curatorLine: given('CURATOR_LINE') || 'Daily papers from the research community',
		/** Whether the sample papers are loaded into an empty database at the first start. */
		samples: yesOrNo('SAMPLES', given('SAMPLES') || 'yes'),
		/** Proxies whose word on who asks is taken: addresses and blocks of addresses. */
		trustedProxies: blocksOf('TRUSTED_PROXIES', given('TRUSTED_PROXIES') || ''),
		/** For how many days, with today, the access log is kept; 0: none is written. */
		accessLogDays: daysOf('ACCESS_LOG_DAYS', given('ACCESS_LOG_DAYS') || '7'),
		/** Who bears it may read /metrics from another machine; null: nobody may. */
		metricsToken: tokenOf('METRICS_TOKEN', given('METRICS_TOKEN')),
		/** Whose vectors help a search; null: nobody's. */
		embeddings: embeddingsOf({
			url: given('EMBEDDINGS_URL'),
			model: given('EMBEDDINGS_MODEL'),
			key: given('EMBEDDINGS_KEY')
		}),
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

function timeOfDay(name: string, value: string) {
	if (value === 'never') return null;
	if (/^([01]\d|2[0-3]):[0-5]\d$/.test(value)) return value;
	throw new Refused('invalid', `${name} is not a time of the day like 03:30, in UTC, nor never: "${value}"`);
}

function countOf(name: string, value: string) {
	if (/^[1-9]\d{0,3}$/.test(value)) return Number(value);
	throw new Refused('invalid', `${name} is not a number from 1 to 9999: "${value}"`);
}

function blocksOf(name: string, value: string): AddressBlock[] {
	return value
		.split(/[\s,]+/)
		.filter(Boolean)
		.map((block) => {
			const [address = '', prefix] = block.split('/');
			const version = isIP(address);
			const longest = version === 6 ? 128 : 32;
			if (version !== 0 && (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= longest)))
				return { address, prefix: Number(prefix ?? longest), family: version === 6 ? 'ipv6' : 'ipv4' };
			throw new Refused(
				'invalid',
				`${name} names addresses or blocks like 127.0.0.1, 10.0.0.0/8 or ::1, not "${block}"`
			);
		});
}

function daysOf(name: string, value: string) {
	if (/^\d{1,4}$/.test(value)) return Number(value);
	throw new Refused('invalid', `${name} is not a number of days from 0 to 9999: "${value}"`);
}

function tokenOf(name: string, value: string | undefined) {
	if (!value) return null;
	// A secret, so it is not repeated in the message.
	if (/^[\x21-\x7e]{16,500}$/.test(value)) return value;
	throw new Refused('invalid', `${name} is not a token of 16 to 500 letters, digits and signs, without spaces.`);
}

type Given = string | undefined;

function embeddingsOf({ url, model, key }: { url: Given; model: Given; key: Given }): EmbeddingSettings | null {
	if (!url && (model || key))
		throw new Refused('invalid', 'EMBEDDINGS_URL is missing: EMBEDDINGS_MODEL and EMBEDDINGS_KEY belong to it.');
	if (!url) return null;
	if (!model) throw new Refused('invalid', 'EMBEDDINGS_MODEL is missing: name the model that EMBEDDINGS_URL runs.');
	if (!/^[\x21-\x7e]{1,200}$/.test(model))
		throw new Refused('invalid', `EMBEDDINGS_MODEL is not the name of a model, without spaces: "${model}"`);
	// A secret, so it is not repeated in the message.
	if (key && !/^[\x21-\x7e]{1,1000}$/.test(key))
		throw new Refused('invalid', 'EMBEDDINGS_KEY is not a key of letters, digits and signs, without spaces.');
	return { url: endpointOf('EMBEDDINGS_URL', url), model, key: key || null };
}

function endpointOf(name: string, value: string) {
	const url = URL.canParse(value) ? new URL(value) : null;
	if (url && /^https?:$/.test(url.protocol) && !url.search && !url.hash && !url.username && !url.password)
		return url.href.replace(/\/+$/, '');
	// The value may hold a password, so it is not repeated in the message.
	throw new Refused(
		'invalid',
		`${name} is not an address like http://localhost:11434/v1, without user and question mark.`
	);
}

function yesOrNo(name: string, value: string) {
	return oneOf(name, value, ['yes', 'no'] as const) === 'yes';
}

function oneOf<const T extends string>(name: string, value: string, choices: readonly T[]): T {
	const found = choices.find((choice) => choice === value);
	if (found) return found;
	throw new Refused('invalid', `${name} is one of ${choices.join(', ')}, not "${value}"`);
}
