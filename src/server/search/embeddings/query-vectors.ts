import type { EmbeddingSettings } from '#server/config.ts';
import { within, LATE } from '#server/http/within.ts';
import { faultOf, log } from '#server/log.ts';
import { vectorsFrom } from './endpoint.ts';
import { NoVectors } from './no-vectors.ts';

/** How it went with the vectors of queries in this process. */
export interface QueryFigures {
	asked: number;
	/** Searches that went without. */
	missed: number;
	failing_since: Date | null;
	failure: string | null;
}

export type QueryVectors = ReturnType<typeof queryVectors>;

/** Milliseconds that a search waits, and that an answer may take to be of use to the next search for the same. */
const PATIENCE = 150;
const LONGEST = 5_000;
/** Questions at once. */
const AT_ONCE = 4;
/** After so many answers in a row that came late or not at all no search waits, until one comes in time. */
const LATE_IN_ROW = 3;
/** Queries whose vectors are kept: paging, filters and sorting ask again for the same. */
const KEPT = 500;
const LONGEST_QUERY = 1_000;
/** Milliseconds after which a failure says nothing of now: nobody may have searched since. */
const PAST = 600_000;

/** Asks for the vectors of queries, and never keeps a search waiting. */
export function queryVectors(endpoint: EmbeddingSettings, { patience = PATIENCE, longest = LONGEST } = {}) {
	const kept = new Map<string, Float32Array>();
	const asking = new Map<string, Promise<Float32Array | null>>();
	const figures: QueryFigures = { asked: 0, missed: 0, failing_since: null, failure: null };
	let lateInRow = 0;
	let failedAt = -Infinity;
	return {
		figures: (): QueryFigures =>
			performance.now() - failedAt < PAST ? { ...figures } : { ...figures, failing_since: null, failure: null },
		/** The vector of what was asked; null where it does not come within the patience. It does not throw. */
		async vectorOf(q: string): Promise<Float32Array | null> {
			const words = q.replace(/\s+/g, ' ').trim().slice(0, LONGEST_QUERY);
			if (words === '') return null;
			figures.asked += 1;
			const vector = kept.get(words) ?? (await inTime(words));
			if (!vector) figures.missed += 1;
			return vector;
		}
	};

	async function inTime(words: string) {
		const isLate = lateInRow >= LATE_IN_ROW;
		const answer = asking.get(words) ?? (asking.size < (isLate ? 1 : AT_ONCE) ? ask(words) : null);
		if (!answer || isLate) return null;
		const vector = await within(patience, answer);
		return vector === LATE ? null : vector;
	}

	function ask(words: string) {
		const answer = answerTo(words).finally(() => asking.delete(words));
		asking.set(words, answer);
		return answer;
	}

	async function answerTo(words: string) {
		const began = performance.now();
		try {
			const [vector] = await vectorsFrom(endpoint, [words], { patience: longest });
			keep(words, vector!);
			lateInRow = performance.now() - began > patience ? lateInRow + 1 : 0;
			Object.assign(figures, { failing_since: null, failure: null });
			return vector!;
		} catch (fault) {
			if (!(fault instanceof NoVectors)) log('error', 'A query got no vector', faultOf(fault));
			lateInRow += 1;
			failedAt = performance.now();
			figures.failing_since ??= new Date();
			figures.failure = fault instanceof NoVectors ? fault.message : 'Why is in the log.';
			return null;
		}
	}

	function keep(words: string, vector: Float32Array) {
		kept.set(words, vector);
		if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
	}
}
