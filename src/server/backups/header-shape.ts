/** What the first part of a backup may say. Nothing in it is sent to a database or a terminal that has not this form. */
export function isHeader({ version, madeAt, snapshot, migrations, tables, sequences }: Record<string, unknown>) {
	return (
		isOf(/^\d{1,5}\.\d{1,5}\.\d{1,5}(-[\w.]{1,40})?$/, version) &&
		isOf(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z$/, madeAt) &&
		!Number.isNaN(Date.parse(madeAt)) &&
		isOf(/^\d{1,20}:\d{1,20}:(\d{1,20}(,\d{1,20})*)?$/, snapshot) &&
		isListOf(migrations, ({ name, checksum }) => isOf(/^\d{4}_[a-z0-9_]+\.sql$/, name) && isOf(/^\w+$/, checksum)) &&
		isListOf(tables, ({ name, columns }) => isIdentifier(name) && areColumns(columns)) &&
		areDifferent(tables.map(({ name }) => name)) &&
		isListOf(sequences, ({ name, last }) => isIdentifier(name) && (last === null || isNumber(last)))
	);
}

/** Whoever has tables of their own in the same schema may have written them large. */
const isIdentifier = (found: unknown) => isOf(/^[A-Za-z][A-Za-z0-9_]{0,62}$/, found);
const areColumns = (found: unknown) => Array.isArray(found) && found.every(isIdentifier) && areDifferent(found);
const areDifferent = (found: readonly unknown[]) => new Set(found).size === found.length;
/** We read an int8 as a number of JavaScript, so a counter that is beyond those would be of no use. */
const isNumber = (found: unknown) => isOf(/^-?\d{1,16}$/, found) && Number.isSafeInteger(Number(found));

const isOf = (form: RegExp, found: unknown): found is string => typeof found === 'string' && form.test(found);

export const isRecord = (found: unknown): found is Record<string, unknown> =>
	typeof found === 'object' && found !== null && !Array.isArray(found);
const isListOf = (found: unknown, is: (one: Record<string, unknown>) => boolean): found is Record<string, unknown>[] =>
	Array.isArray(found) && found.every((one) => isRecord(one) && is(one));
