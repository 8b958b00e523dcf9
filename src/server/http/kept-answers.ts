import { bytesOf, type Answer } from './answer.ts';

/** In bytes: some two thousand pages, each in three encodings. */
const ROOM = 64 * 1024 * 1024;
/** Above this an answer is not kept: it would push out fifty pages. */
const LARGEST = 4 * 1024 * 1024;
/** About, of a place in the set of what hangs on a subject. */
const BYTES_A_SUBJECT = 100;

interface Kept {
	answer: Answer;
	bytes: number;
	/** On the clock that only goes forward. */
	madeAt: number;
}

export type KeptAnswers = ReturnType<typeof keepAnswers>;

/** Answers by address, the least recently used let go first, and all that hang on a subject dropped together. */
export function keepAnswers({ room = ROOM, largest = LARGEST } = {}) {
	// A map remembers the order of insertion, so that its first is the least recently used.
	const byAddress = new Map<string, Kept>();
	const bySubject = new Map<string, Set<string>>();
	let bytes = 0;

	return {
		find(address: string): Kept | undefined {
			const kept = byAddress.get(address);
			if (!kept) return undefined;
			byAddress.delete(address);
			byAddress.set(address, kept);
			return kept;
		},
		keep(address: string, answer: Answer, madeAt: number) {
			drop(address);
			const size = sizeOf(address, answer);
			if (size > largest) return;
			byAddress.set(address, { answer, bytes: size, madeAt });
			for (const subject of answer.hangsOn) hang(subject, address);
			bytes += size;
			makeRoom();
		},
		/** To be called when an encoding has been added. */
		weighAgain(address: string) {
			const kept = byAddress.get(address);
			if (!kept) return;
			const size = sizeOf(address, kept.answer);
			bytes += size - kept.bytes;
			kept.bytes = size;
			makeRoom();
		},
		dropAllOf(subjects: Iterable<string>) {
			for (const subject of subjects) for (const address of bySubject.get(subject) ?? []) drop(address);
		},
		clear() {
			byAddress.clear();
			bySubject.clear();
			bytes = 0;
		},
		get bytes() {
			return bytes;
		},
		get count() {
			return byAddress.size;
		}
	};

	function makeRoom() {
		while (bytes > room) drop(byAddress.keys().next().value!);
	}

	function hang(subject: string, address: string) {
		const addresses = bySubject.get(subject);
		if (addresses) addresses.add(address);
		else bySubject.set(subject, new Set([address]));
	}

	function drop(address: string) {
		const kept = byAddress.get(address);
		if (!kept) return;
		byAddress.delete(address);
		bytes -= kept.bytes;
		for (const subject of kept.answer.hangsOn) {
			const addresses = bySubject.get(subject)!;
			addresses.delete(address);
			if (addresses.size === 0) bySubject.delete(subject);
		}
	}
}

/** With its address, which who asks may make long, and what it hangs on. */
function sizeOf(address: string, answer: Answer) {
	return bytesOf(answer) + 2 * address.length + answer.hangsOn.length * BYTES_A_SUBJECT;
}
