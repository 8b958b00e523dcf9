import { setTimeout as pause } from 'node:timers/promises';
import { databaseState, type DatabaseState } from '#server/db/embedded/control.ts';

const KINDS = ['checkpoints', 'vacuums', 'copies'] as const;
type Kind = (typeof KINDS)[number];
const MS_BETWEEN_LOOKS = 50;
/** Clocks of two processes, and the moment between the end of the work and its being written down. */
const MARGIN_MS = 30;

interface Pause {
	kind: Kind;
	from: number;
	to: number;
}

/** Asks the database process for what it does for its own sake, until told to stop. */
export async function watchMaintenance(dataFolder: string, stopped: () => boolean) {
	const pauses: Pause[] = [];
	let last: DatabaseState | null = null;
	while (!stopped()) {
		const state = await databaseState(dataFolder).catch(() => null);
		if (state) {
			for (const kind of KINDS) if (last && isMore(state, last, kind)) pauses.push(pauseOf(kind, state));
			last = state;
		}
		await pause(MS_BETWEEN_LOOKS);
	}
	const longest = (kind: Kind) =>
		Math.max(0, ...pauses.filter((one) => one.kind === kind).map(({ from, to }) => to - from));
	const count = (kind: Kind) => pauses.filter((one) => one.kind === kind).length;
	const inTurn = pauses.toSorted((a, b) => a.from - b.from);
	return {
		longest: Object.fromEntries(KINDS.map((kind) => [kind, longest(kind)])) as Record<Kind, number>,
		counts: Object.fromEntries(KINDS.map((kind) => [kind, count(kind)])) as Record<Kind, number>,
		/** For how many milliseconds between these two moments the database was at its own work. */
		within: (from: number, to: number) => within(inTurn, { from, to })
	};
}

/** Two pieces of work may overlap by their margins; no moment counts twice. */
function within(pauses: readonly Pause[], { from, to }: { from: number; to: number }) {
	let counted = from;
	let sum = 0;
	for (const one of pauses) {
		const begins = Math.max(counted, one.from - MARGIN_MS);
		const ends = Math.min(to, one.to + MARGIN_MS);
		if (ends <= begins) continue;
		sum += ends - begins;
		counted = ends;
	}
	return sum;
}

const isMore = (state: DatabaseState, last: DatabaseState, kind: Kind) =>
	state.pid === last.pid ? state[kind].count > last[kind].count : state[kind].count > 0;

function pauseOf(kind: Kind, state: DatabaseState): Pause {
	const to = Date.parse(state[kind].lastAt!);
	return { kind, from: to - state[kind].lastMs!, to };
}
