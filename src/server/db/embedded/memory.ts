interface Options {
	/** How many units have run so far. */
	units: () => number;
	/** Resident bytes that are not too many. */
	most: number;
	/** Milliseconds for which nearly nothing has to run before. */
	quiet: number;
	/** Called again and again until the process ends: it may have something to finish first. */
	restart: () => void;
}

/** The queue of a site without visitors asks 2 to 4 times a second. */
const unitsOfQuiet = 10;
/** Where a start alone takes more than that, starting again and again helps nobody. */
const leastLooks = 10;

/**
 * WebAssembly never gives memory back: after a build of a large index 900 MB stay resident, 350 after a start. So when
 * nobody is active the process ends, and the next question starts it again, which takes a second.
 * Returns how to stop watching.
 */
export function restartWhenLarge({ units, most, quiet, restart }: Options) {
	const began = performance.now();
	let seen = units();
	const timer = setInterval(() => {
		const ran = units() - seen;
		seen += ran;
		const rss = process.memoryUsage.rss();
		if (performance.now() - began < leastLooks * quiet || rss < most || ran > (unitsOfQuiet * quiet) / 1_000) return;
		restart();
	}, quiet);
	return () => clearInterval(timer);
}
