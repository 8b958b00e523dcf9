import { startNginx, startVarnish, type Proxy } from './programs.ts';

export interface Cache {
	name: string;
	start(folder: string, upstream: number): Promise<Proxy>;
}

/**
 * Shared caches as they come, which keep no page of ours since a page says no-cache; and eager ones, which keep what may be
 * kept at all for a minute whatever else it says, by its address alone, also for those who bring cookies. These show what a poisoned page would do.
 */
export const CACHES: Cache[] = [
	{ name: 'nginx', start: (folder, upstream) => startNginx(folder, (port) => nginxCache(port, { folder, upstream })) },
	{
		name: 'nginx, eager',
		start: (folder, upstream) => startNginx(folder, (port) => nginxCache(port, { folder, upstream, more: EAGER_NGINX }))
	},
	{ name: 'varnish', start: (folder, upstream) => startVarnish(folder, varnishCache(upstream)) },
	{
		name: 'varnish, eager',
		start: (folder, upstream) => startVarnish(folder, varnishCache(upstream) + EAGER_VARNISH)
	}
];

const EAGER_NGINX = `
	proxy_ignore_headers Cache-Control Expires Set-Cookie;
	proxy_cache_valid any 60s;
	proxy_no_cache $not_shared;`;

/** The host that the client named goes on to the site, as deploy/nginx.conf does it, and is no part of the cache's key. */
function nginxCache(
	port: number,
	{ folder, upstream, more = '' }: { folder: string; upstream: number; more?: string }
) {
	return `
		proxy_cache_path ${folder}/kept-${port} keys_zone=pages:10m;
		map $upstream_http_cache_control $not_shared { default 0; ~(no-store|private) 1; }
		server {
			listen 127.0.0.1:${port};
			location / {
				proxy_pass http://127.0.0.1:${upstream};
				proxy_http_version 1.1;
				proxy_set_header Connection "";
				proxy_set_header Host $http_host;
				proxy_set_header X-Forwarded-For $remote_addr;
				proxy_cache pages;
				proxy_cache_key $request_uri;
				add_header X-Cache $upstream_cache_status always;
				${more}
			}
		}`;
}

const varnishCache = (upstream: number) => `vcl 4.1;
	backend site { .host = "127.0.0.1"; .port = "${upstream}"; }
	sub vcl_deliver { set resp.http.X-Cache = "MISS"; if (obj.hits > 0) { set resp.http.X-Cache = "HIT"; } }`;

const EAGER_VARNISH = `
	sub vcl_recv { if (req.method == "GET" || req.method == "HEAD") { return (hash); } return (pass); }
	sub vcl_hash { hash_data(req.url); return (lookup); }
	sub vcl_backend_response {
		if (beresp.http.Cache-Control ~ "no-store|private") { set beresp.uncacheable = true; set beresp.ttl = 60s; }
		else { set beresp.ttl = 60s; }
		return (deliver);
	}`;
