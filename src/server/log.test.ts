import { expect, test } from 'vitest';
import { faultOf } from './log.ts';

const circle: Record<string, unknown> = {};
circle.circle = circle;

const thrown: [what: string, fault: unknown, said: string][] = [
	['an error', new TypeError('no'), 'no'],
	['an object of the queue', { message: 'duplicate key', code: '23505' }, 'duplicate key'],
	['a refused connection', Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
	['an object without words', { status: 4 }, '{ status: 4 }'],
	['a circle', circle, '<ref *1> { circle: [Circular *1] }'],
	['nothing', null, 'null'],
	['a text', 'no', 'no']
];

test.for(thrown)('%s is told in words', ([, fault, said]) => expect(faultOf(fault).fault).toBe(said));

test('code and stack are kept', () => {
	const fault = Object.assign(new Error('gone'), { code: '57P01' });
	expect(faultOf(fault)).toEqual({ fault: 'gone', code: '57P01', stack: fault.stack });
});
