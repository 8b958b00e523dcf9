import { appendFileSync, writeFileSync } from 'node:fs';
import { ask, differenceOf, type Answer } from './asking.ts';
import { ATTACKS, DECEPTIONS, EVIL, SECRET } from './attacks.ts';
import { CACHES, type Cache } from './caches.ts';
import { importInto, keysOfPapers, type Site } from './sites.ts';

/** What was tried against one cache, and what came of it: every count but the first two ought to be 0. */
export interface Outcome {
	cache: string;
	attempts: number;
	kept_pages: number;
	poisoned: number;
	authenticated_bytes: number;
	deceived: number;
	errors_kept: number;
}

/** Varnish takes Brotli from nobody. */
const ENCODINGS = ['identity', 'gzip'];

const METRICS = { authorization: `Bearer ${SECRET}` };

/** Promise 36, behind nginx and varnish: tries to have the wrong bytes kept for an address, and asks for it as a stranger. */
export async function trySharedCaches(site: Site, found: (fault: string) => void) {
	const keys = await keysOfPapers(site);
	const outcomes: Outcome[] = [];
	for (const cache of CACHES) {
		const proxy = await cache.start(site.folder, site.port);
		try {
			const between = { site, cache, port: proxy.port, found: (fault: string) => found(`${cache.name}: ${fault}`) };
			const poisoned = await poisonedBy(between, keys);
			outcomes.push({
				cache: cache.name,
				attempts: ATTACKS.length * ENCODINGS.length,
				kept_pages: poisoned.kept,
				poisoned: poisoned.count,
				authenticated_bytes: await leaked(between),
				deceived: await deceivedBy(between),
				errors_kept: await errorsKept(between)
			});
		} finally {
			await proxy.stop();
		}
	}
	return outcomes;
}

interface Between {
	site: Site;
	cache: Cache;
	port: number;
	found: (fault: string) => void;
}

/** Each attack has an address of its own, and its page is compared with the one that the site itself gives. */
async function poisonedBy({ site, port, found }: Between, keys: string[]) {
	let [kept, count] = [0, 0];
	for (const [index, { name, ...attack }] of ATTACKS.entries()) {
		const path = `/papers/${keys[index]}`;
		for (const encoding of ENCODINGS) {
			const headers = { 'accept-encoding': encoding };
			const evil = await ask({ port, path, ...attack, headers: { ...headers, ...attack.headers } }).catch(() => null);
			const original = await ask({ port: site.port, path, headers });
			const clean = await ask({ port, path, headers });
			if (clean.headers['x-cache'] === 'HIT') kept += 1;
			const difference = differenceOf(original, clean) ?? (holds(clean, EVIL) ? `holds ${EVIL}` : null);
			if (difference === null) continue;
			count += 1;
			found(`${name.slice(0, 60)} (answered ${evil?.status}), then ${encoding}: ${difference}`);
		}
	}
	return { kept, count };
}

/** What only whoever has the token may read, asked for with it, and then without. */
async function leaked({ site, port, found }: Between) {
	let bytes = 0;
	for (const path of ['/metrics', '/metrics?x=1', ...DECEPTIONS('/metrics')]) {
		const secret = await ask({ port, path, headers: METRICS });
		const stranger = await ask({ port, path });
		if (!isMetrics(secret) || !isMetrics(stranger)) continue;
		bytes += stranger.body.length;
		found(`${path} with the token, and then without: ${stranger.body.length} bytes of metrics`);
	}
	const own = await ask({ port: site.port, path: '/metrics', headers: METRICS });
	if (!isMetrics(own)) found('nothing is known: the token opens no metrics on the site itself');
	return bytes;
}

/** No address that ends as a file does shows a page. */
async function deceivedBy({ port, found }: Between) {
	let count = 0;
	for (const path of ['/about', '/status', '/archive'].flatMap(DECEPTIONS)) {
		const answer = await ask({ port, path, headers: { cookie: `session=${SECRET}` } });
		const again = await ask({ port, path });
		if (answer.status !== 200 && again.status !== 200) continue;
		count += 1;
		found(`${path} answers ${answer.status}, then ${again.status}`);
	}
	return count;
}

/** A paper that is not there yet, asked for, taken in, and asked for again; and what is refused at the door. */
async function errorsKept({ site, cache, port, found }: Between) {
	const key = `2601.${90_000 + CACHES.indexOf(cache)}`;
	const file = `${site.folder}/${key}.jsonl`;
	writeFileSync(file, '');
	let kept = 0;
	const before = await ask({ port, path: `/papers/${key}` });
	appendFileSync(file, `${JSON.stringify({ id: key, title: 'Came later', abstract: 'It was not there.' })}\n`);
	await importInto(site, file);
	await new Promise((resolve) => setTimeout(resolve, 1_500));
	const after = await ask({ port, path: `/papers/${key}` });
	if (before.status !== 404 || after.status !== 200) {
		kept += 1;
		found(`/papers/${key} answers ${before.status} before it is taken in, and ${after.status} after`);
	}
	for (const path of ['/no-such-page', '/%', `/${'x'.repeat(3_000)}`, '/papers/nothing', '/_app/immutable/none.css']) {
		await ask({ port, path });
		const again = await ask({ port, path });
		if (again.headers['x-cache'] !== 'HIT') continue;
		kept += 1;
		found(`${path.slice(0, 40)} answers ${again.status} from the cache`);
	}
	return kept;
}

const holds = ({ headers, body }: Answer, text: string) =>
	body.includes(text) || JSON.stringify(headers).includes(text);

const isMetrics = ({ status, body }: Answer) => status === 200 && body.includes('# HELP');
