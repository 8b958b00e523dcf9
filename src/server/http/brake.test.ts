import { expect, test } from 'vitest';
import { blockOf, brakeByAddress } from './brake.ts';

test('an address has so many pages at once, and then so many a second', () => {
	const brake = brakeByAddress({ atOnce: 3, perSecond: 2 });
	const ask = (now: number, address = '192.0.2.1') => brake.secondsToWait(address, now);
	expect([ask(0), ask(0), ask(0), ask(0)]).toEqual([null, null, null, 1]);
	expect(ask(0, '192.0.2.2')).toBe(null);
	expect([ask(400), ask(500), ask(500)]).toEqual([1, null, 1]);
	expect([ask(60_000), ask(60_000), ask(60_000), ask(60_000)]).toEqual([null, null, null, 1]);
});

test('so many addresses are remembered, and who has been away longest is forgotten', () => {
	const brake = brakeByAddress({ atOnce: 1, perSecond: 0.1, remembered: 2 });
	expect(['a', 'b', 'a', 'c', 'a', 'b'].map((address) => brake.secondsToWait(address, 0))).toEqual([
		null,
		null,
		10,
		null,
		10,
		null
	]);
	expect(brake.size).toBe(2);
});

test.each([
	['192.0.2.1', '192.0.2.1'],
	['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
	['2001:db8::1', '2001:db8:0:0'],
	['2001:db8:1:2::1', '2001:db8:1:2'],
	['::1', '0:0:0:0'],
	['', '']
])('%s counts as %s', (address, block) => {
	expect(blockOf(address)).toBe(block);
});
