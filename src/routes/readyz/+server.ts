import { notReadyBecause } from '#server/status/readiness.ts';

/** Answers 200 when this process can take requests, else 503 with the reason; in a second at most. */
export async function GET({ locals: { db } }) {
	const reason = await notReadyBecause(db);
	return new Response(`${reason ?? 'ready'}\n`, {
		status: reason ? 503 : 200,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
	});
}
