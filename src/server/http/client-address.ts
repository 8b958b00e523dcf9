import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';
import type { AddressBlock } from '#server/config.ts';
import { log } from '#server/log.ts';

export interface Client {
	address: string;
	/** Whether the request came through a proxy that is trusted, so that its headers are. */
	isByProxy: boolean;
	/** This machine itself, with no proxy named that it could stand for: everybody may be behind it. */
	isEverybody: boolean;
}

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

/** Tells who asks: the socket's address, or what a trusted proxy says. Of a chain, the last that is not trusted itself. */
export function clientsBehind(proxies: readonly AddressBlock[]) {
	const trusted = new BlockList();
	for (const { address, prefix, family } of proxies) trusted.addSubnet(address, prefix, family);
	const isTrusted = (address: string) => proxies.length > 0 && isIn(trusted, address);
	let warned = false;

	return (request: IncomingMessage): Client => {
		const peer = plain(request.socket.remoteAddress ?? '');
		const forwarded = request.headers['x-forwarded-for'];
		if (!isTrusted(peer)) {
			if (forwarded !== undefined) warn();
			return { address: peer, isByProxy: false, isEverybody: proxies.length === 0 && isIn(loopback, peer) };
		}
		return { address: lastUntrusted(String(forwarded ?? '')) ?? peer, isByProxy: true, isEverybody: false };
	};

	function lastUntrusted(forwarded: string) {
		const chain = forwarded.split(',').map((part) => plain(part.trim()));
		const index = chain.findLastIndex((address) => isIP(address) === 0 || !isTrusted(address));
		const found = chain[index];
		// What is no address was not written by a proxy of ours; the one that passed it on is all that is known.
		return found !== undefined && isIP(found) !== 0 ? found : chain[index + 1];
	}

	function warn() {
		if (warned) return;
		warned = true;
		log('warn', 'X-Forwarded-For came from an address that is not in TRUSTED_PROXIES, and is not believed');
	}
}

function isIn(list: BlockList, address: string) {
	const version = isIP(address);
	return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/** A socket that listens on IPv6 tells IPv4 addresses as ::ffff:192.0.2.1. */
function plain(address: string) {
	return address.startsWith('::ffff:') ? address.slice(7) : address;
}
