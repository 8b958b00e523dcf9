import { inEncoding, isUnchanged, type Answer, type Encoded } from './answer.ts';
import type { BuiltSite } from './built-site.ts';
import { refuse, send, type Call } from './call.ts';
import { encodingFor } from './encodings.ts';
import type { KeptAnswers } from './kept-answers.ts';
import type { PageChanges } from './page-changes.ts';
import { queryRead } from './parameters.ts';
import { isReader } from './readers.ts';
import type { Rendering, Wanted } from './rendering.ts';
import type { Renders } from './renders.ts';

/** Milliseconds after which a page is made again though nothing has changed: pages depend on the time of day too. */
const LONGEST_KEPT = 60_000;

interface Edge {
	site: BuiltSite;
	rendering: Rendering;
	changes: PageChanges;
	answers: KeptAnswers;
	renders: Renders;
	isTooMuch: (call: Call) => boolean;
	clock: () => number;
}

/** Answers calls for pages: visitors' from what is kept, else rendered once for all who wait; a reader's own by itself. */
export function answerVisits({ site, rendering, changes, answers, renders, isTooMuch, clock }: Edge) {
	/** A promise where the answer takes a while. */
	return (call: Call): Promise<void> | void => {
		if (isReader(call.request.headers)) return answerAlone(call, wantedByReader(call));
		const waiting = changes.becomeCurrent();
		return waiting === null ? visit(call) : waiting.then(() => visit(call));
	};

	function visit(call: Call) {
		const url = call.request.url!;
		// Addresses are kept as they are canonically written, which most requests do.
		return answerKept(call, url) ? undefined : visitSlowly(call, addressOf(url));
	}

	function visitSlowly(call: Call, address: string) {
		if (site.isFile(address)) return sendFile(call, site);
		if (address !== call.request.url && answerKept(call, address)) return;
		return answerRendered(call, address);
	}

	function answerKept(call: Call, address: string) {
		const kept = answers.find(address);
		if (!kept || !isGood(kept)) return false;
		const made = kept.answer.encoded[encodingFor(call.request.headers['accept-encoding'] as string)];
		if (!made) return false;
		call.cache = 'hit';
		sendEncoded(call, kept.answer, made);
		return true;
	}

	/** While the database is away what is kept is the best there is. */
	function isGood({ madeAt }: { madeAt: number }) {
		return changes.isAway || clock() - madeAt < LONGEST_KEPT;
	}

	async function answerRendered(call: Call, address: string) {
		call.cache = 'miss';
		const kept = answers.find(address);
		// Kept, but not in this encoding yet.
		if (kept && isGood(kept)) return sendAnswer(call, kept.answer, address);
		const wants = wantsHtml(call.request.headers.accept) ? 'text/html' : '*/*';
		const wanted = { address, headers: new Headers({ accept: wants }), isReader: false };
		const joined = renders.running(address, wants);
		if (!joined && isTooMuch(call)) return;
		const answer = await (joined ?? renders.begin(address, wants, () => rendering.render(call, wanted)));
		if (!answer.isShared) call.cache = 'none';
		if (joined && answer.isPrivate) return answerAlone(call, wanted);
		// What could not be made again is shown as it was, unless it has changed.
		const before = answer.status >= 500 ? answers.find(address) : undefined;
		return sendAnswer(call, before?.answer ?? answer, address);
	}

	async function answerAlone(call: Call, wanted: Wanted) {
		if (site.isFile(wanted.address)) return sendFile(call, site);
		if (isTooMuch(call)) return;
		return sendAnswer(call, await rendering.render(call, wanted), wanted.address);
	}

	async function sendAnswer(call: Call, answer: Answer, address: string) {
		const made = await inEncoding(answer, encodingFor(call.request.headers['accept-encoding'] as string));
		answers.weighAgain(address);
		sendEncoded(call, answer, made);
	}
}

function sendFile(call: Call, site: BuiltSite) {
	const { request, response } = call;
	call.route = 'file';
	response.setHeader('x-content-type-options', 'nosniff');
	response.setHeader('x-request-id', call.id);
	site.sendFile(request, response, () => refuse(call, { status: 404, words: 'There is no such page.' }));
}

function sendEncoded(call: Call, answer: Answer, { headers, body }: Encoded) {
	call.route = answer.route;
	if (isUnchanged(answer, call.request.headers['if-none-match'])) return send(call, 304, answer.unchanged);
	send(call, answer.status, headers, body);
}

/** The canonical spelling of an address, from the root, with what pages read of its query. */
function addressOf(url: string) {
	const { pathname, searchParams } = new URL(`http://site${url}`);
	return pathname + queryRead(searchParams, pathname);
}

/** An error of a form is told as JSON unless HTML is asked for: the only thing that Accept decides. */
function wantsHtml(accept = '') {
	return accept.includes('text/html');
}

/** All that a reader sent is handed on, but for what would make the answer a part of itself. */
function wantedByReader({ request }: Call): Wanted {
	const headers = new Headers();
	for (const [name, value] of Object.entries(request.headers))
		if (value !== undefined && !name.startsWith('if-')) headers.set(name, String(value));
	return { address: addressOf(request.url!), headers, isReader: true };
}
