import type { Reroute, Transport } from '@sveltejs/kit/hooks';
import { RenderedHere } from './rendered-here.ts';

/**
 * A list or a paper in another form is its address and an ending: `/2026-04-16.atom`, `/papers/cs/0112017.bib`. The
 * route of such a form stands below the page's own, in `as/[form]`.
 */
export const reroute: Reroute = ({ url }) => {
	const [, path, form] = /^(\/.+?)\.(json|atom|bib|ris|csl\.json)$/.exec(url.pathname) ?? [];
	// A paper's key may have slashes, so what stands below it in another form needs a place of its own.
	if (path?.startsWith('/papers/') && path.endsWith('/similar'))
		return `${path.slice(0, -'/similar'.length)}/as/similar/${form}`;
	if (path && form) return `${path}/as/${form}`;
};

export const transport: Transport = {
	RenderedHere: {
		encode: (value) => value instanceof RenderedHere && 'rendered on the server',
		decode: () => {
			throw new Error('This page ships no JavaScript, so nothing can ask for its data.');
		}
	}
};
