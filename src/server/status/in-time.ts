/** What comes within so many milliseconds; null when it does not come, or fails, which is for whoever asked to write down. */
export async function inTime<Value>(value: Promise<Value>, patience: number): Promise<Value | null> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<null>((resolve) => (timer = setTimeout(() => resolve(null), patience)));
	try {
		return await Promise.race([value.catch(() => null), late]);
	} finally {
		clearTimeout(timer);
	}
}
