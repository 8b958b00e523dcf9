/** The value below which this share of the values lies; 0.5 is the median. */
export function quantile(values: readonly number[], share: number) {
	const sorted = values.toSorted((one, other) => one - other);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
