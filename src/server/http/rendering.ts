import { ofRequest } from '#server/log.ts';
import { answerOf, type Answer, type Told } from './answer.ts';
import type { BuiltSite } from './built-site.ts';
import type { Call } from './call.ts';
import { LATE, within } from './within.ts';

/** Pages being made at once. More would only wait for each other: a page takes some 4 ms, so this is a second of work. */
const MOST = 200;
/** Milliseconds after which a page is given up: the database is away, or busy with itself. */
const LONGEST = 10_000;

export interface Wanted {
	address: string;
	headers: Headers;
	isReader: boolean;
}

interface RenderingSettings {
	site: BuiltSite;
	/** Scheme, host and port of every address. */
	origin: string;
	/** Milliseconds. */
	longest?: number;
}

export type Rendering = ReturnType<typeof renderingBy>;

/** Makes pages, not too many at once, and none for too long. */
export function renderingBy({ site, origin, longest = LONGEST }: RenderingSettings) {
	let running = 0;
	return {
		isFull: () => running >= MOST,
		async render(call: Call, { address, headers, isReader }: Wanted): Promise<Answer> {
			const told: Told = { route: null, hangsOn: ['all'] };
			const { request, client, id } = call;
			const asked = { url: origin + address, headers, address: client.address, told, request };
			running += 1;
			// One that is given up runs on, and counts until it ends.
			const made = ofRequest
				.run(id, async () => answerOf(await site.render(asked), told, { isReader }))
				.finally(() => (running -= 1));
			const answer = await within(longest, made);
			return answer === LATE ? answerOf(tooLate(), told, { isReader }) : answer;
		}
	};
}

function tooLate() {
	return new Response('The papers cannot be reached right now; ask again in a few seconds.\n', {
		status: 503,
		headers: { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '5' }
	});
}
