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
