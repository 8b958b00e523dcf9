import { Counter, Gauge, Histogram, register, type Metric } from 'prom-client';
import type { Call } from './call.ts';
import { countRequest } from './slowest-requests.ts';

const durations = once(
	'broadsheet_http_request_duration_seconds',
	(name) =>
		new Histogram({
			name,
			help: 'Time from the request to the end of its answer.',
			labelNames: ['route', 'status', 'cache'],
			buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
		})
);
const sent = once(
	'broadsheet_http_sent_bytes_total',
	(name) => new Counter({ name, help: 'Bytes of bodies that were sent, encoded.' })
);
const refusals = once(
	'broadsheet_http_refusals_total',
	(name) =>
		new Counter({
			name,
			help: 'Requests that were not looked at, and too many of one address, by status.',
			labelNames: ['status']
		})
);
const cut = once(
	'broadsheet_http_cut_total',
	(name) => new Counter({ name, help: 'Answers that their client did not wait for.' })
);
const keptBytes = once(
	'broadsheet_http_cache_bytes',
	(name) => new Gauge({ name, help: 'Memory of the kept answers.' })
);
const kept = once('broadsheet_http_cache_answers', (name) => new Gauge({ name, help: 'Answers that are kept.' }));
const connections = once('broadsheet_http_connections', (name) => new Gauge({ name, help: 'Open connections.' }));

/** Counts a call that is over, however it ended. */
export function measureCall(call: Call, milliseconds: number) {
	const route = call.route ?? 'none';
	const status = call.response.statusCode;
	durations.observe({ route, status, cache: call.cache }, milliseconds / 1_000);
	if (call.bytes > 0) sent.inc(call.bytes);
	if (route === 'refused' || status === 429) refusals.inc({ status });
	if (!call.response.writableFinished) cut.inc();
	countRequest(route, { milliseconds, isHit: call.cache === 'hit', at: Date.now() });
}

/** A request that was no HTTP, too slow or too long: Node hands over its socket, and there is no call. */
export function measureRefusal(status: number) {
	refusals.inc({ status });
}

/** Asked again whenever the metrics are read. */
export function measureEdge(now: { answers: { bytes: number; count: number }; connections: () => number }) {
	watch(keptBytes, () => now.answers.bytes);
	watch(kept, () => now.answers.count);
	watch(connections, now.connections);
}

function watch(gauge: Gauge, value: () => number) {
	(gauge as Gauge & { collect?: () => void }).collect = () => gauge.set(value());
}

/** A module may be evaluated twice in a test worker; the registry is one. */
function once<Kind extends Metric>(name: string, make: (name: string) => Kind): Kind {
	return (register.getSingleMetric(name) as Kind | undefined) ?? make(name);
}
