import type { AccessFiles } from './access-files.ts';
import type { Call } from './call.ts';

/** Lines are written this often, in milliseconds, and kept in memory until then. */
const WRITE_EVERY = 500;
/** Characters of lines that wait for a disk; what comes on top of them is lost, and counted. */
const MOST_WAITING = 16 * 1024 * 1024;
/** Milliseconds between two looks whether a new day has begun where nobody asks for anything. */
const TURN_EVERY = 600_000;
/** Characters, before they are quoted. No page of ours has a longer path; what is refused for its length has. */
const LONGEST_PATH = 200;
const LONGEST_AGENT = 120;
/** How many names of clients are kept as they are written, and how long they may be. */
const AGENTS_REMEMBERED = 1_000;
const LONGEST_REMEMBERED = 400;

export type AccessLog = ReturnType<typeof accessLog>;

/** One line of JSON a request, in files by UTC day. No request waits for it, and none fails with it. */
export function accessLog(files: AccessFiles, now: () => Date = () => new Date()) {
	let lines: string[] = [];
	let characters = 0;
	let day = '';
	let writing: Promise<void> = Promise.resolve();
	let timer: NodeJS.Timeout | null = null;
	let waiting = 0;
	turnTo(today());
	const turning = setInterval(() => today() !== day && turnTo(today()), TURN_EVERY).unref();

	return {
		write(call: Call, milliseconds: number) {
			if (waiting + characters >= MOST_WAITING) return files.lose(1);
			const time = now().toISOString();
			if (time.slice(0, 10) !== day) turnTo(time.slice(0, 10));
			const line = lineOf(call, time, milliseconds);
			lines.push(line);
			characters += line.length;
			timer ??= setTimeout(flush, WRITE_EVERY).unref();
		},
		async close() {
			clearInterval(turning);
			flush();
			await writing;
		}
	};

	function today() {
		return now().toISOString().slice(0, 10);
	}

	function turnTo(next: string) {
		flush();
		day = next;
		writing = writing.then(() => files.removeBefore(next));
	}

	function flush() {
		if (timer) clearTimeout(timer);
		timer = null;
		if (lines.length === 0) return;
		const [batch, size, of] = [lines, characters, day];
		[lines, characters] = [[], 0];
		waiting += size;
		writing = writing.then(async () => {
			await files.append(of, batch);
			waiting -= size;
		});
	}
}

/**
 * The path without its query: what somebody searched for is nobody's business. Cookies and credentials are never read.
 * Put together by hand: an object given to JSON costs twice as much, and a kept page costs little else.
 */
function lineOf({ request, response, id, client, cache, bytes }: Call, time: string, milliseconds: number) {
	const path = quoted(request.url!.split('?', 1)[0]!.slice(0, LONGEST_PATH));
	const agent = quotedAgent(request.headers['user-agent']);
	const cut = response.writableFinished ? '' : ',"cut":true';
	const ms = Math.round(milliseconds * 10) / 10;
	return `{"time":"${time}","id":"${id}","address":"${client.address}","method":"${request.method}","path":${path},"status":${response.statusCode},"bytes":${bytes},"ms":${ms},"cache":"${cache}","agent":${agent}${cut}}\n`;
}

const agents = new Map<string, string>();

function quotedAgent(agent: string | undefined) {
	if (agent === undefined) return 'null';
	const known = agents.get(agent);
	if (known) return known;
	const text = quoted(agent.slice(0, LONGEST_AGENT));
	if (agent.length <= LONGEST_REMEMBERED && agents.size < AGENTS_REMEMBERED) agents.set(agent, text);
	return text;
}

/** JSON escapes the controls below space; these others move a terminal's cursor or end a line too. */
function quoted(text: string) {
	return JSON.stringify(text).replace(
		/[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
		(character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
	);
}
