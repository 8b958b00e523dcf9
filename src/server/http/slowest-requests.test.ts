import { expect, test } from 'vitest';
import { countRequest, slowestRequests } from './slowest-requests.ts';

const at = Date.parse('2031-11-24T12:00:00Z');
const named = (route: string) => slowestRequests(new Date(at)).find((times) => times.route === route);

test('routes are told by the time they take, the slowest first, to within a fifth', () => {
	for (let time = 1; time <= 100; time += 1) countRequest('/test/even', { milliseconds: time, isHit: time <= 25, at });
	countRequest('/test/slow', { milliseconds: 900, isHit: false, at });
	const even = named('/test/even')!;
	expect(even).toMatchObject({ count: 100, worst_ms: 100, from_cache: 0.25 });
	expect(even.median_ms / 50).toBeGreaterThanOrEqual(1);
	expect(even.median_ms / 50).toBeLessThan(1.2);
	expect(even.p99_ms).toBeGreaterThanOrEqual(99);
	const routes = slowestRequests(new Date(at)).map(({ route }) => route);
	expect(routes.indexOf('/test/slow')).toBeLessThan(routes.indexOf('/test/even'));
});

test('what is over an hour ago is not told, and not kept', () => {
	for (let minute = 0; minute < 200; minute += 1)
		countRequest('/test/long', { milliseconds: 200 - minute, isHit: false, at: at - (199 - minute) * 60_000 });
	expect(named('/test/long')).toMatchObject({ count: 60, worst_ms: 60 });
});
