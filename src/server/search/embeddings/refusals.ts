import { NoVectors } from './no-vectors.ts';

/** What to do about a status, where that is known. */
const ADVICE: Record<number, string> = {
	401: 'It does not accept the key (status 401): look at EMBEDDINGS_KEY.',
	403: 'It does not accept the key (status 403): look at EMBEDDINGS_KEY.',
	404: 'It does not know the model or the address (status 404): look at EMBEDDINGS_MODEL and EMBEDDINGS_URL.',
	429: 'It asks to wait (status 429).',
	503: 'It asks to wait (status 503).'
};

/** A text may be too long for a model, or one that it makes no numbers of, which some say with 500. */
const OF_A_TEXT = new Set([400, 413, 422, 500]);

const LONGEST_WAIT = 3_600_000;

/** Why an endpoint answered with a status that is not 200. Its own words are not repeated: they may hold anything. */
export function refusalIn({ status, headers }: Pick<Response, 'status' | 'headers'>, now = Date.now()) {
	return new NoVectors(ADVICE[status] ?? `It answered with status ${status}.`, {
		retryAfter: waitIn(headers.get('retry-after'), now),
		mayBeTheText: OF_A_TEXT.has(status)
	});
}

/** Seconds, or an instant: https://www.rfc-editor.org/rfc/rfc9110#field.retry-after. At most an hour. */
function waitIn(retryAfter: string | null, now: number) {
	if (!retryAfter) return null;
	const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1_000 : Date.parse(retryAfter) - now;
	return Number.isNaN(wait) ? null : Math.min(LONGEST_WAIT, Math.max(0, wait));
}
