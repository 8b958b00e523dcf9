import { expect, test } from 'vitest';
import { blocksOf, brakeByAddress } from './brake.ts';

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
	['192.0.2.1', ['192.0.2.1']],
	['2001:db8:1:2:3:4:5:6', ['2001:db8:1::/48', '2001:db8:1:2::/64']],
	['2001:db8::1', ['2001:db8:0::/48', '2001:db8:0:0::/64']],
	['2001:db8:1:2::1', ['2001:db8:1::/48', '2001:db8:1:2::/64']],
	['::1', ['0:0:0::/48', '0:0:0:0::/64']],
	['', ['']]
])('%s counts as %s', (address, blocks) => {
	expect(blocksOf(address).map(({ block }) => block)).toEqual(blocks);
});

test('all customers of a block together have ten times as much; who is refused takes nothing from them', () => {
	const brake = brakeByAddress({ atOnce: 2, perSecond: 1 });
	const ask = (customer: number) => brake.secondsToWait(`2001:db8:1:${customer}::1`, 0);
	for (let time = 0; time < 100; time += 1) ask(1);
	const answers = Array.from({ length: 50 }, (_, index) => ask(index + 2));
	expect(answers.filter((seconds) => seconds === null)).toHaveLength(18);
	expect(ask(99)).toBe(1);
	expect(brake.size).toBe(1 + 1 + 18);
	expect(brake.secondsToWait('2001:db8:2::1', 0)).toBe(null);
});
