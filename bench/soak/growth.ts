/** What was looked at, and when in milliseconds. */
export interface Look {
	at: number;
	folder: number;
	web: number;
	database: number;
}

/** MB an hour, by the straight line that fits the later half of the looks best: the first half fills caches. */
export function growthOf(looks: readonly Look[], size: (look: Look) => number) {
	const later = looks.slice(Math.floor(looks.length / 2));
	const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
	const hours = later.map(({ at }) => (at - later[0]!.at) / 3_600_000);
	const sizes = later.map(size);
	const [middle, usual] = [mean(hours), mean(sizes)];
	const spread = hours.reduce((sum, hour) => sum + (hour - middle) ** 2, 0);
	return spread === 0
		? 0
		: hours.reduce((sum, hour, index) => sum + (hour - middle) * (sizes[index]! - usual), 0) / spread;
}
