/** A lexeme as it is written in a tsquery. */
export function quoted(lexeme: string): string {
	return `'${lexeme.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
