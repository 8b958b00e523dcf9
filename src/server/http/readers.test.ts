import { expect, test } from 'vitest';
import { isReader } from './readers.ts';

test.each([
	['session=mine', true],
	['__Host-session=mine', true],
	['theme=dark; session=mine', true],
	['theme=dark;session = mine', true],
	['session', true],
	['a=session', false],
	['a=b session=mine', false],
	['my-session=1; session2=1', false],
	['Session=mine', false],
	[`${';'.repeat(15_900)}session`, true],
	[`${'; '.repeat(7_900)}sessions`, false]
])('a client with the cookies %j is a reader: %s', (cookie, is) => {
	expect(isReader({ cookie })).toBe(is);
});

test('who says who it is otherwise is a reader too', () => {
	expect([isReader({ authorization: 'Bearer mine' }), isReader({})]).toEqual([true, false]);
});
