export const LATE = Symbol('late');

/** What the work comes to, or `LATE` when it takes longer; it goes on, and what becomes of it then is nobody's concern. */
export async function within<T>(milliseconds: number, work: Promise<T>): Promise<T | typeof LATE> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<typeof LATE>((resolve) => (timer = setTimeout(resolve, milliseconds, LATE)));
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
