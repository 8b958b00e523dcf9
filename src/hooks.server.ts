import type { Handle, HandleServerError, ServerInit } from '@sveltejs/kit/hooks';
import { siteDatabase } from '#server/db/site-database.ts';
import { faultOf, log } from '#server/log.ts';
import { Refused, type Reason } from '#server/refused.ts';
import { hangsOn } from './hangs-on.ts';

const STATUS: Record<Reason, number> = {
	invalid: 400,
	signed_out: 401,
	forbidden: 403,
	not_found: 404,
	conflict: 409,
	too_many: 429,
	unavailable: 503
};

export const init: ServerInit = async () => {
	await siteDatabase();
};

export const handle: Handle = async ({ event, resolve }) => {
	event.locals.db = (await siteDatabase()).db;
	event.locals.now = new Date();
	// The server in front keeps the answer until that changes (docs/decisions/0008).
	if (event.platform?.told) Object.assign(event.platform.told, { route: event.route.id, hangsOn: hangsOn(event) });
	const response = await resolve(event, {
		// Fonts that the first screen needs are named in PageHead.svelte; nothing else is worth a preload.
		preload: () => false
	});
	response.headers.set('referrer-policy', 'strict-origin-when-cross-origin');
	response.headers.set('cross-origin-opener-policy', 'same-origin');
	if (response.headers.get('content-type')?.startsWith('text/html'))
		response.headers.set('content-type', 'text/html; charset=utf-8');
	else response.headers.set('content-security-policy', "default-src 'none'; sandbox");
	if (response.status === 503) response.headers.set('retry-after', '5');
	return response;
};

/** Refusals become statuses with their own words; anything else is logged once and shown as a fault of ours. */
export const handleError: HandleServerError = ({ kind, error, event }) => {
	if (error instanceof Refused) return { status: STATUS[error.reason], message: error.message };
	if (kind === 'framework') return;
	log('error', 'A page broke', { path: event.url.pathname, route: event.route.id, ...faultOf(error) });
	return { status: 500, message: 'Something broke here. It has been written down; try again in a minute.' };
};
