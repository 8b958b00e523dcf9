const MINUTE = 60_000;
const MINUTES = 60;
/** Four steps to each doubling, from 0.05 ms to 50 s: a percentile is told to within a fifth. */
const STEPS = 80;
const FIRST_STEP = 0.05;
const STEPS_A_DOUBLING = 4;

/** How a route has answered over the last hour. Times in milliseconds. */
export interface RouteTimes {
	/** SvelteKit's name of it, `/papers/[...key]`; `none` where no route answered, `file`, `refused`. */
	route: string;
	count: number;
	median_ms: number;
	p99_ms: number;
	worst_ms: number;
	/** The share that was kept, from 0 to 1. */
	from_cache: number;
}

interface Minute {
	minute: number;
	hits: number;
	worst: number;
	steps: Uint32Array;
}

const routes = new Map<string, Minute[]>();

/** Counts a request of a route, which there are some fifty of: an hour of them is kept in 20 kB a route. */
export function countRequest(
	route: string,
	{ milliseconds, isHit, at }: { milliseconds: number; isHit: boolean; at: number }
) {
	const one = minuteOf(route, Math.floor(at / MINUTE));
	one.steps[stepOf(milliseconds)]! += 1;
	if (isHit) one.hits += 1;
	if (milliseconds > one.worst) one.worst = milliseconds;
}

/** The routes asked for in the hour before `now`, the slowest first. */
export function slowestRequests(now: Date): RouteTimes[] {
	const last = Math.floor(now.getTime() / MINUTE);
	return [...routes]
		.map(([route, minutes]) =>
			timesOf(
				route,
				minutes.filter(({ minute }) => minute > last - MINUTES && minute <= last)
			)
		)
		.filter(({ count }) => count > 0)
		.toSorted((a, b) => b.p99_ms - a.p99_ms || b.worst_ms - a.worst_ms);
}

function minuteOf(route: string, minute: number) {
	const minutes = routes.get(route) ?? [];
	routes.set(route, minutes);
	const last = minutes.at(-1);
	if (last?.minute === minute) return last;
	const made = { minute, hits: 0, worst: 0, steps: new Uint32Array(STEPS) };
	minutes.push(made);
	if (minutes.length > MINUTES) minutes.shift();
	return made;
}

function timesOf(route: string, minutes: readonly Minute[]): RouteTimes {
	const steps = new Uint32Array(STEPS);
	for (const minute of minutes) minute.steps.forEach((count, step) => (steps[step]! += count));
	const count = steps.reduce((sum, step) => sum + step, 0);
	const worst = Math.max(0, ...minutes.map((minute) => minute.worst));
	const hits = minutes.reduce((sum, minute) => sum + minute.hits, 0);
	const at = (share: number) => Math.min(worst, percentile(steps, count * share));
	return { route, count, median_ms: at(0.5), p99_ms: at(0.99), worst_ms: worst, from_cache: hits / Math.max(1, count) };
}

function stepOf(milliseconds: number) {
	const step = Math.ceil(Math.log2(Math.max(milliseconds, FIRST_STEP) / FIRST_STEP) * STEPS_A_DOUBLING);
	return Math.min(step, STEPS - 1);
}

/** The upper end of the step in which the request of this rank is. */
function percentile(steps: Uint32Array, rank: number) {
	let counted = 0;
	const step = steps.findIndex((count) => (counted += count) >= rank);
	return FIRST_STEP * 2 ** (step / STEPS_A_DOUBLING);
}
