import { Refused } from '#server/refused.ts';
import { statusJson } from '#server/status/status-json.ts';
import { statusOfThisSite } from '../../site.ts';

/** Of the status there is no other form than JSON. */
export async function GET({ locals, params }) {
	if (params.form !== 'json') throw new Refused('not_found', 'The status is had as JSON: /status.json.');
	const headers = { 'cache-control': 'no-store', 'access-control-allow-origin': '*' };
	return Response.json(statusJson(await statusOfThisSite(locals)), { headers });
}
