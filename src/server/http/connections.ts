import type { Socket } from 'node:net';
import type { AddressBlock } from '#server/config.ts';
import { log } from '#server/log.ts';
import { blocksOf } from './brake.ts';
import { canonical, standsForMany } from './client-address.ts';
import type { CONNECTIONS } from './limits.ts';

/**
 * The open connections. One address has so many, and the next of it is closed; where all are taken, the one that has been
 * without a request for longest gives way to a new one, so that who only holds them shuts nobody out.
 */
export function countConnections(proxies: readonly AddressBlock[], { most, ofAnAddress }: typeof CONNECTIONS) {
	const isMany = standsForMany(proxies);
	const sockets = new Set<Socket>();
	// Who asks nothing, in the order in which that began.
	const silent = new Set<Socket>();
	const byBlock = new Map<string, number>();
	let isSaid = false;

	return {
		sockets: sockets as ReadonlySet<Socket>,
		take(socket: Socket) {
			const peer = canonical(socket.remoteAddress ?? '');
			const blocks = isMany(peer) ? [] : blocksOf(peer);
			if (blocks.some(({ block, times }) => (byBlock.get(block) ?? 0) >= ofAnAddress * times)) return turnAway(socket);
			if (sockets.size >= most && !makePlace()) return socket.destroy();
			sockets.add(socket);
			silent.add(socket);
			for (const { block } of blocks) count(block, 1);
			socket.once('close', () => {
				forget(socket);
				for (const { block } of blocks) count(block, -1);
			});
		},
		asks(socket: Socket) {
			silent.delete(socket);
		},
		isAnswered(socket: Socket) {
			if (sockets.has(socket)) silent.add(socket);
		}
	};

	/** Its place is free at once, though its end is told later. */
	function makePlace() {
		const [longest] = silent;
		longest?.destroy();
		if (longest) forget(longest);
		return longest !== undefined;
	}

	function forget(socket: Socket) {
		sockets.delete(socket);
		silent.delete(socket);
	}

	function count(block: string, more: number) {
		const now = (byBlock.get(block) ?? 0) + more;
		if (now > 0) byBlock.set(block, now);
		else byBlock.delete(block);
	}

	function turnAway(socket: Socket) {
		socket.destroy();
		if (isSaid) return;
		isSaid = true;
		log('warn', 'An address has too many connections, and more of it are closed; a proxy belongs in TRUSTED_PROXIES', {
			most: ofAnAddress
		});
	}
}
