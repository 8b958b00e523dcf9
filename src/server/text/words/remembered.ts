/**
 * A function of a string that remembers what it made: a few thousand words and letters make nearly all of every text. When
 * it has `most` it begins anew, for texts of anything.
 */
export function remembered<Made>(most: number, make: (of: string) => Made): (of: string) => Made {
	const kept = new Map<string, Made>();
	return (of) => {
		let made = kept.get(of);
		if (made === undefined) {
			// A copy: a slice of a text would keep the whole text in memory.
			const own = Buffer.from(of, 'utf16le').toString('utf16le');
			made = make(own);
			if (kept.size >= most) kept.clear();
			kept.set(own, made);
		}
		return made;
	};
}
