/** Numbers from 0 up to 1 that are the same in every run: the xorshift of 32 bits (Marsaglia 2003, doi.org/10.18637/jss.v008.i14). */
export function chanceOf(seed: number) {
	let state = (seed * 2_654_435_761) | 0 || 1;
	const next = () => {
		state ^= state << 13;
		state ^= state >>> 17;
		state ^= state << 5;
		return (state >>> 0) / 2 ** 32;
	};
	// Seeds that are near each other begin with numbers that are.
	for (let round = 0; round < 20; round += 1) next();
	return next;
}

export type Chance = ReturnType<typeof chanceOf>;

export function oneOf<T>(chance: Chance, values: readonly T[]): T {
	return values[Math.floor(chance() * values.length)]!;
}

/** The values in another order. */
export function shuffled<T>(chance: Chance, values: readonly T[]): T[] {
	const order = [...values];
	for (let at = order.length - 1; at > 0; at -= 1) {
		const other = Math.floor(chance() * (at + 1));
		[order[at], order[other]] = [order[other]!, order[at]!];
	}
	return order;
}
