import { latestEditionDay } from '#server/editions/editions.ts';

/** Answers 200 when an edition can be served, else 503 with the reason. */
export async function GET({ locals: { db, now } }) {
	const day = await latestEditionDay(db, now.toISOString().slice(0, 10));
	return new Response(day ? `ok, latest edition ${day}\n` : 'no edition yet: no papers have been taken in\n', {
		status: day ? 200 : 503,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }
	});
}
