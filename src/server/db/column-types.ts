import pg from 'pg';

const oid = { int8: 20, date: 1082, int8Array: 1016, dateArray: 1182, textArray: 1009 };

/**
 * How values of the database become values of JavaScript, where `pg` would do otherwise: a date stays the text
 * 'YYYY-MM-DD' (`pg` makes it an instant at local midnight), an int8 is a number. `generate-schema.ts` says the same to
 * the types. Everything else is as `pg` has it: timestamptz is a Date, numeric a text.
 */
export const columnTypes = {
	getTypeParser(type: number, format?: 'text' | 'binary') {
		if (format !== 'binary') {
			if (type === oid.int8) return wholeNumber;
			if (type === oid.date) return (text: string) => text;
			if (type === oid.int8Array) return (text: string) => texts(text).map((one) => one && wholeNumber(one));
			if (type === oid.dateArray) return texts;
		}
		return pg.types.getTypeParser(type, format as 'text');
	}
};

const texts = pg.types.getTypeParser(oid.textArray, 'text') as (text: string) => (string | null)[];

/** Throws where a number of JavaScript would be another number. */
function wholeNumber(text: string) {
	const number = Number(text);
	if (!Number.isSafeInteger(number)) throw new RangeError(`the integer ${text} is too large for JavaScript`);
	return number;
}
