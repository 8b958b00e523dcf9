import type { Answer } from './answer.ts';
import type { KeptAnswers } from './kept-answers.ts';

interface Render {
	answer: Promise<Answer>;
	/** What changed since it began. */
	changed: Set<string>;
	/** Whether all that changes is seen while it runs. */
	isWatched: boolean;
}

export type Renders = ReturnType<typeof shareRenders>;

/**
 * Renders in flight: who asks for the same waits for the same. One that began before something changed is no longer joined,
 * and not kept if it hangs on that.
 */
export function shareRenders(
	answers: KeptAnswers,
	{ mayKeep, clock }: { mayKeep: () => boolean; clock: () => number }
) {
	const joinable = new Map<string, Render>();
	const running = new Set<Render>();

	return {
		running: (address: string, wants: string) => joinable.get(keyOf(address, wants))?.answer,
		begin(address: string, wants: string, render: () => Promise<Answer>): Promise<Answer> {
			const key = keyOf(address, wants);
			const began = clock();
			const one: Render = { changed: new Set(), isWatched: mayKeep(), answer: render() };
			joinable.set(key, one);
			running.add(one);
			one.answer = one.answer
				.then((answer) => {
					if (one.isWatched && answer.isShared && !answer.hangsOn.some((subject) => one.changed.has(subject)))
						answers.keep(address, answer, began);
					return answer;
				})
				.finally(() => {
					running.delete(one);
					if (joinable.get(key) === one) joinable.delete(key);
				});
			return one.answer;
		},
		changed(subjects: Iterable<string>) {
			joinable.clear();
			for (const subject of subjects) for (const one of running) one.changed.add(subject);
		},
		/** What changed meanwhile is not known. */
		lost() {
			joinable.clear();
			for (const one of running) one.isWatched = false;
		}
	};
}

const keyOf = (address: string, wants: string) => `${wants} ${address}`;
