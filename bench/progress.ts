const SECONDS_BETWEEN = 30;

/** Says on standard error how far a long run is, how fast it goes and what remains, at most every half minute. */
export function progressOf(what: string, total: number) {
	const began = performance.now();
	let said = began;
	return (done: number, more = '') => {
		const now = performance.now();
		if (now - said < SECONDS_BETWEEN * 1000) return;
		said = now;
		const rate = done / ((now - began) / 1000);
		const left = Math.round((total - done) / rate);
		const words = [`${what}: ${done} of ${total}`, `${rate.toPrecision(3)} a second`, `${left} s left`, more];
		console.error(words.filter(Boolean).join(' · '));
	};
}
