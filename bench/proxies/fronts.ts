import { startHaproxy, startNginx, type Proxy } from './programs.ts';

/** As deploy/nginx.conf names two instances. */
const nginx = (ports: number[]) => (port: number) => `
	upstream broadsheet {
		${ports.map((instance) => `server 127.0.0.1:${instance} max_fails=0;`).join(' ')}
		keepalive 32;
	}
	server {
		listen 127.0.0.1:${port};
		location / {
			proxy_pass http://broadsheet;
			proxy_http_version 1.1;
			proxy_set_header Connection "";
			proxy_connect_timeout 2s;
			proxy_next_upstream error timeout;
			proxy_next_upstream_tries 2;
		}
	}`;

/** Without checks, which take an instance for gone that is only busy: one that is gone refuses, and the other is asked. */
const haproxy = (ports: number[]) => (port: number) => `
global
	maxconn 1000
defaults
	mode http
	timeout connect 2s
	timeout client 30s
	timeout server 30s
	retries 3
	option redispatch 1
	retry-on conn-failure empty-response
frontend web
	bind 127.0.0.1:${port}
	default_backend broadsheet
backend broadsheet
	balance roundrobin
	${ports.map((instance) => `server i${instance} 127.0.0.1:${instance}`).join('\n\t')}
`;

/** What stands before several instances. */
export const FRONTS: { name: string; start: (folder: string, ports: number[]) => Promise<Proxy> }[] = [
	{ name: 'nginx', start: (folder, ports) => startNginx(folder, nginx(ports)) },
	{ name: 'haproxy', start: (folder, ports) => startHaproxy(folder, haproxy(ports)) }
];
