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
