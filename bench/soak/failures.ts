/** What failed beside the pages. A run goes on without it, says so at once and counts it. */
export function countFailures() {
	let count = 0;
	return {
		count: () => count,
		async noted(what: string, work: () => Promise<void>) {
			try {
				await work();
			} catch (fault) {
				count += 1;
				console.error(`${what} failed: ${(fault as Error).message}`);
			}
		}
	};
}

export type Failures = ReturnType<typeof countFailures>;
