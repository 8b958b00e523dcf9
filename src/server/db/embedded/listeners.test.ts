// @module-tag embedded
import { expect, test } from 'vitest';
import { type Listening, listeningIn } from './listeners.ts';

const on = (channel: string): Listening => ({ channel, on: true });
const off = (channel: string): Listening => ({ channel, on: false });

const texts: [sql: string, asked: Listening[]][] = [
	['listen news', [on('news')]],
	['LISTEN News;', [on('news')]],
	['listen "News"', [on('News')]],
	['listen "a ""b"""', [on('a "b"')]],
	['listen über', [on('über')]],
	['unlisten news', [off('news')]],
	['unlisten *', ['none']],
	['listen a; select 1; unlisten b', [on('a'), off('b')]],
	['select 1', []],
	[`select 'listen to this'`, []],
	['insert into listener values (1)', []]
];

test.for(texts)('%s', ([sql, asked]) => expect(listeningIn(Buffer.from(sql).toString('latin1'))).toEqual(asked));
