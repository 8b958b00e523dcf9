import { expect, test, vi } from 'vitest';
import { faultOf, log, ofRequest } from './log.ts';

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

test('a line that is written for a request bears its id, also after a pause', async () => {
	const written = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
	try {
		await ofRequest.run('abc-1', async () => {
			await Promise.resolve();
			log('error', 'one');
		});
		log('error', 'two');
		const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)));
		expect(lines.map(({ message, request }) => [message, request])).toEqual([
			['one', 'abc-1'],
			['two', undefined]
		]);
	} finally {
		written.mockRestore();
	}
});
