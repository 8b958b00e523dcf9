import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';
import type { AddressBlock } from '#server/config.ts';
import { log } from '#server/log.ts';

export interface Client {
	/** Canonically written, without a zone. */
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
	const isTrusted = trustIn(proxies);
	let warned = false;

	return (request: IncomingMessage): Client => {
		const peer = canonical(request.socket.remoteAddress ?? '');
		const forwarded = request.headers['x-forwarded-for'];
		if (!isTrusted(peer)) {
			if (forwarded !== undefined) warn();
			return { address: peer, isByProxy: false, isEverybody: proxies.length === 0 && isIn(loopback, peer) };
		}
		return { address: lastUntrusted(String(forwarded ?? '')) ?? peer, isByProxy: true, isEverybody: false };
	};

	/** From its end, so that what a client made up before it costs nothing. */
	function lastUntrusted(forwarded: string) {
		const chain = forwarded.split(',');
		let passedOn: string | undefined;
		while (chain.length > 0) {
			const address = canonical(chain.pop()!.trim());
			// What is no address was not written by a proxy of ours; the one that passed it on is all that is known.
			if (isIP(address) === 0) return passedOn;
			if (!isTrusted(address)) return address;
			passedOn = address;
		}
		return passedOn;
	}

	function warn() {
		if (warned) return;
		warned = true;
		log('warn', 'X-Forwarded-For came from an address that is not in TRUSTED_PROXIES, and is not believed');
	}
}

/** Whether a connection may be for many clients: a proxy's, or this machine's where no proxy is named. */
export function standsForMany(proxies: readonly AddressBlock[]) {
	const isTrusted = trustIn(proxies);
	return (peer: string) => (proxies.length === 0 ? isIn(loopback, peer) : isTrusted(peer));
}

function trustIn(proxies: readonly AddressBlock[]) {
	const trusted = new BlockList();
	for (const { address, prefix, family } of proxies) trusted.addSubnet(address, prefix, family);
	return (address: string) => proxies.length > 0 && isIn(trusted, address);
}

function isIn(list: BlockList, address: string) {
	const version = isIP(address);
	return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
}

/**
 * The one spelling of an address of IPv6, so that nobody is many (RFC 5952); one of IPv4 within it, as a socket that
 * listens on both tells it, as IPv4. Anything else stays as it is.
 */
export function canonical(address: string) {
	if (!address.includes(':')) return address;
	const bare = address.split('%', 1)[0]!;
	if (!isIPv6(bare)) return address;
	const written = new URL(`http://[${bare}]`).hostname.slice(1, -1);
	const [, high, low] = /^::ffff:([\da-f]+):([\da-f]+)$/.exec(written) ?? [];
	return high && low ? [...bytesOf(high), ...bytesOf(low)].join('.') : written;
}

function bytesOf(word: string) {
	const number = Number.parseInt(word, 16);
	return [number >> 8, number & 255];
}
