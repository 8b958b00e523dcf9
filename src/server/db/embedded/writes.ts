/**
 * Which files of the cluster are written to. PostgreSQL runs in this thread and writes through durable-fs.ts alone, so
 * this knows each write, where the times of files have grains of milliseconds and follow a clock that may be wrong.
 */
export function noteWrites() {
	let paths: Set<string> | null = null;
	return {
		note: (path: string) => void paths?.add(path),
		/** Forgets, and notes from now on. */
		begin: () => void (paths = new Set()),
		/** The absolute paths that were written to since then, whether they still exist or not. */
		since: () => paths ?? new Set<string>(),
		end: () => void (paths = null)
	};
}

export type Writes = ReturnType<typeof noteWrites>;
