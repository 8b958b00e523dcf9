import { collectDefaultMetrics, Counter, Gauge, register } from 'prom-client';
import { databaseStartOf, type Sample, STATUS_METRICS, type StatusMetric } from './metric-list.ts';
import type { SiteStatus } from './status.ts';

/** All metrics of this process in the text format of Prometheus: of the status, and whatever else was registered. */
export async function metricsOf(status: SiteStatus): Promise<{ text: string; type: string }> {
	if (!register.getSingleMetric('process_cpu_seconds_total')) collectDefaultMetrics();
	for (const metric of STATUS_METRICS) show(metric, metric.samples(status));
	countRestart(databaseStartOf(status));
	// prom-client writes what is no number in its own way; the format has one.
	const text = (await register.metrics()).replaceAll(/ Nan$/gm, ' NaN');
	return { text, type: register.contentType };
}

/** The registry is the process’s, and refuses a second metric of the same name. */
function gaugeOf({ name, help, labels = [] }: StatusMetric) {
	return (register.getSingleMetric(name) as Gauge | undefined) ?? new Gauge({ name, help, labelNames: labels });
}

/** What is not known now is not told as it was. */
function show(metric: StatusMetric, samples: readonly Sample[]) {
	const gauge = gaugeOf(metric);
	if (metric.labels) gauge.reset();
	else gauge.remove();
	for (const { labels = {}, value } of samples) if (typeof value === 'number') gauge.set(labels, value);
}

const RESTARTS = 'broadsheet_database_restarts_total';
let started: number | undefined;

function countRestart(start: string | Date | undefined) {
	const restarts =
		(register.getSingleMetric(RESTARTS) as Counter | undefined) ??
		new Counter({
			name: RESTARTS,
			help: 'Starts of the database that this process saw at its looks, after the first.'
		});
	if (!start) return;
	const now = new Date(start).getTime();
	if (started !== undefined && now !== started) restarts.inc();
	started = now;
}
