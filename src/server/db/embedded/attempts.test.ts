// @module-tag embedded
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Refused } from '../../refused.ts';
import { spacedAttempts } from './attempts.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

const failing = () => {
	const { attempt } = spacedAttempts();
	let attempts = 0;
	const ask = () =>
		attempt('here', async () => {
			attempts += 1;
			throw new Refused('unavailable', `attempt ${attempts}`);
		});
	return { ask, attempts: () => attempts };
};

test('all who ask at once wait for one attempt', async () => {
	const { ask, attempts } = failing();
	const said = await Promise.allSettled([ask(), ask(), ask()]);
	expect(said.map((one) => (one as PromiseRejectedResult).reason.message)).toEqual(Array(3).fill('attempt 1'));
	expect(attempts()).toBe(1);
});

test('who asks soon after a failure hears the same, and the waits grow to 5 s', async () => {
	const { ask, attempts } = failing();
	for (const [number, wait] of [250, 500, 1_000, 2_000, 4_000, 5_000, 5_000].entries()) {
		await expect(ask()).rejects.toThrow(`attempt ${number + 1}`);
		vi.advanceTimersByTime(wait - 1);
		await expect(ask()).rejects.toThrow(`attempt ${number + 1}`);
		vi.advanceTimersByTime(2);
	}
	expect(attempts()).toBe(7);
});

test('after a success the waits are short again', async () => {
	const { attempt } = spacedAttempts();
	const fail = () => attempt('here', () => Promise.reject(new Refused('unavailable', 'no')));
	for (let round = 0; round < 3; round += 1) {
		await expect(fail()).rejects.toThrow('no');
		vi.advanceTimersByTime(251 * 2 ** round);
	}
	await attempt('here', async () => {});
	await expect(fail()).rejects.toThrow('no');
	vi.advanceTimersByTime(251);
	await attempt('here', async () => {});
});
