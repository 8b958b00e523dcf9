/** What is sent ahead of a clean request, to have something else kept for its address. */
export interface Attack {
	name: string;
	method?: string;
	headers?: Record<string, string>;
	body?: string;
}

/** Nothing that a visitor is answered may hold these. */
export const EVIL = 'evil.example';
export const SECRET = 'canary-of-one-reader-7d1f';

const header = (name: string, value = EVIL): Attack => ({ name: `${name}: ${value}`, headers: { [name]: value } });

export const ATTACKS: Attack[] = [
	header('host'),
	header('x-forwarded-host'),
	header('x-forwarded-server'),
	header('x-host'),
	header('x-http-host-override'),
	header('forwarded', `host=${EVIL};proto=gopher`),
	header('x-broadsheet-host'),
	header('x-forwarded-proto', 'http'),
	header('x-forwarded-proto', 'gopher'),
	header('x-forwarded-scheme', 'gopher'),
	header('x-broadsheet-proto', 'gopher'),
	header('x-forwarded-port', '1'),
	header('x-forwarded-prefix', `//${EVIL}`),
	header('x-forwarded-for', '192.0.2.1'),
	header('x-request-id', `${EVIL}-1`),
	header('x-original-url', '/about'),
	header('x-rewrite-url', '/about'),
	header('x-http-method-override', 'DELETE'),
	header('x-http-method', 'POST'),
	header('x-method-override', 'HEAD'),
	header('cookie', `session=${SECRET}; __Host-session=${SECRET}`),
	header('authorization', `Bearer ${SECRET}`),
	header('accept', 'application/json'),
	header('accept', 'text/plain'),
	header('accept-language', 'xx'),
	header('accept-encoding', 'gzip'),
	header('accept-encoding', 'br'),
	header('accept-encoding', 'no-such-coding'),
	header('range', 'bytes=0-9'),
	header('if-none-match', '*'),
	header('if-modified-since', 'Fri, 01 Jan 2100 00:00:00 GMT'),
	header('origin', `https://${EVIL}`),
	header('referer', `https://${EVIL}/`),
	header('user-agent', `<script>${EVIL}</script>`),
	header('x-sveltekit-action', 'true'),
	header('x-oversized', 'x'.repeat(12_000)),
	{
		name: 'GET with a body',
		headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '15' },
		body: 'category=cs.CV1'
	},
	{
		name: 'GET with a method in its body',
		headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': '14' },
		body: '_method=DELETE'
	},
	{ name: 'HEAD first', method: 'HEAD' },
	{ name: 'POST first', method: 'POST', body: `text=${EVIL}`, headers: { 'content-length': '17' } }
];

/** A private page under the address of a public file, or of another page. */
export const DECEPTIONS = (page: string) =>
	['/x.css', '/x.js', '%2fx.css', ';x.css', '.css', '%00.css', '%0a.css', '%3fx.css', '/..%2fx.css', '//x.css'].map(
		(ending) => page + ending
	);
