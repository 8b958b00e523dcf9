import { config } from '#server/config.ts';
import { mayReadMetrics } from '#server/status/metrics-access.ts';
import { metricsOf } from '#server/status/metrics.ts';
import { statusOfThisSite } from '../status/site.ts';

/** 403 and not 404 to others: that Broadsheet has metrics is no secret, and whoever set it up reads what is missing. */
export async function GET({ locals, platform }) {
	if (!platform?.request || !mayReadMetrics(platform.request, { token: config.metricsToken, origin: config.origin }))
		return plain('Metrics are for this machine alone, or for whoever has the METRICS_TOKEN.\n', { status: 403 });
	const { text, type } = await metricsOf(await statusOfThisSite(locals));
	return plain(text, { type });
}

/** No answer is for anybody but who asked. */
function plain(text: string, { status = 200, type = 'text/plain; charset=utf-8' }) {
	return new Response(text, { status, headers: { 'content-type': type, 'cache-control': 'no-store' } });
}
