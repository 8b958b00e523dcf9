import { expect, test } from 'vitest';
import { settingsFrom } from './config.ts';

test('every setting has a default that works at once', () => {
	expect(settingsFrom({})).toMatchObject({
		port: 4680,
		host: '127.0.0.1',
		origin: null,
		databaseUrl: null,
		samples: true
	});
});

test.each([
	[{ PORT: 'eighty' }, 'PORT is not a port number from 0 to 65535: "eighty"'],
	[{ PORT: '70000' }, 'PORT is not a port number'],
	[{ ORIGIN: 'papers.example.org' }, 'ORIGIN is not an address like'],
	[{ ORIGIN: 'https://example.org/papers' }, 'without a path'],
	[{ METRICS_TOKEN: 'short' }, 'METRICS_TOKEN is not a token of 16 to 500'],
	[{ METRICS_TOKEN: 'with spaces in its middle' }, 'METRICS_TOKEN is not a token of 16 to 500'],
	[{ TRUSTED_PROXIES: 'proxy.example' }, 'TRUSTED_PROXIES names addresses or blocks like'],
	[{ TRUSTED_PROXIES: '10.0.0.0/33' }, 'not "10.0.0.0/33"'],
	[{ TRUSTED_PROXIES: '127.0.0.1, ::1/129' }, 'not "::1/129"'],
	[{ BACKUP_AT: '24:00' }, 'BACKUP_AT is not a time of the day like 03:30, in UTC, nor never: "24:00"'],
	[{ BACKUPS_KEPT: '0' }, 'BACKUPS_KEPT is not a number from 1 to 9999: "0"'],
	[{ ACCESS_LOG_DAYS: 'week' }, 'ACCESS_LOG_DAYS is not a number of days from 0 to 9999: "week"'],
	[{ EMBEDDINGS_URL: 'localhost:11434', EMBEDDINGS_MODEL: 'm' }, 'EMBEDDINGS_URL is not an address like'],
	[{ EMBEDDINGS_URL: 'http://localhost/v1?key=1', EMBEDDINGS_MODEL: 'm' }, 'EMBEDDINGS_URL is not an address like'],
	[{ EMBEDDINGS_URL: 'http://localhost/v1' }, 'EMBEDDINGS_MODEL is missing'],
	[{ EMBEDDINGS_URL: 'http://localhost/v1', EMBEDDINGS_MODEL: 'a b' }, 'EMBEDDINGS_MODEL is not the name of a model'],
	[{ EMBEDDINGS_MODEL: 'm' }, 'EMBEDDINGS_URL is missing'],
	[{ SAMPLES: 'maybe' }, 'SAMPLES is one of yes, no, not "maybe"'],
	[{ PORT_FILE: '/nowhere/port' }, 'PORT_FILE cannot be read'],
	[{ PORT_FILE: '/dev/null' }, 'PORT_FILE names an empty file'],
	[{ PORT: '80', PORT_FILE: '/dev/null' }, 'PORT and PORT_FILE are both set']
])('a wrong setting %o is named', (environment, message) => {
	expect(() => settingsFrom(environment)).toThrow(message);
});

test('a wrong database address is refused without repeating the password in it', () => {
	const secret = 'mysql://root:hunter2@localhost/papers';
	expect(() => settingsFrom({ DATABASE_URL: secret })).toThrow(/^(?!.*hunter2).*DATABASE_URL/);
});

test('the address of an embedding endpoint loses the slash at its end, and an empty setting is none', () => {
	const settings = { EMBEDDINGS_URL: 'http://localhost:11434/v1/', EMBEDDINGS_MODEL: 'nomic-embed-text' };
	const embeddings = { url: 'http://localhost:11434/v1', model: 'nomic-embed-text', key: null };
	expect(settingsFrom(settings).embeddings).toEqual(embeddings);
	expect(settingsFrom({ EMBEDDINGS_URL: '', EMBEDDINGS_MODEL: '', EMBEDDINGS_KEY: '' }).embeddings).toBeNull();
});

test.each([
	{ EMBEDDINGS_URL: 'http://root:hunter2@localhost/v1', EMBEDDINGS_MODEL: 'm' },
	{ EMBEDDINGS_URL: 'http://localhost/v1', EMBEDDINGS_MODEL: 'm', EMBEDDINGS_KEY: 'hunter2 and more' }
])('what is wrong with an embedding endpoint is said without its secrets', (settings) => {
	expect(() => settingsFrom(settings)).toThrow(/^(?!.*hunter2).*EMBEDDINGS_/);
});
