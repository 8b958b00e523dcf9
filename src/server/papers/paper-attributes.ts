/** What a paper is filtered by. */
export interface Attributed {
	published: string | null;
	announced: string | null;
	categories: readonly string[];
	/** The handle of its organisation. */
	organisation: string | null;
	hasCode: boolean;
	hasProject: boolean;
	/** The address of its licence. */
	licence: string | null;
	version: number | null;
}

/** Its attributes as they are stored, in the order of bytes: `c:cs.CV`, `y:2023`, `has:code`, `o:Handle`, `l:cc-by`, `v:2`. */
export function attributesOf(paper: Attributed): string[] {
	const { published, announced, categories, licence, version } = paper;
	const attributes = [
		...categories.map((category) => `c:${category}`),
		`y:${(published ?? announced)?.slice(0, 4) ?? 'none'}`,
		...filledAttributes(paper),
		...(licence ? [`l:${licenceCode(licence)}`] : []),
		...(version !== null && version > 1 ? [`v:${version}`] : [])
	];
	return [...new Set(attributes)].toSorted((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}

/** Those of them that a list elsewhere may know of. */
export function filledAttributes({
	organisation,
	hasCode,
	hasProject
}: Pick<Attributed, 'organisation' | 'hasCode' | 'hasProject'>): string[] {
	return [
		...(organisation ? [`o:${organisation}`] : []),
		...(hasCode ? ['has:code'] : []),
		...(hasProject ? ['has:project'] : [])
	];
}

/** The lexemes that find them: in lower case, and of a category its archive too (`c:cs.cv` and `c:cs`). */
export function lexemesOfAttributes(attributes: readonly string[]): string[] {
	return attributes.flatMap((attribute) => {
		const lexeme = attribute.toLowerCase();
		const archive = /^c:[^.]+(?=\.)/.exec(lexeme);
		return archive ? [lexeme, archive[0]] : [lexeme];
	});
}

/** How a licence is asked for: `cc-by-nc-sa` of http://creativecommons.org/licenses/by-nc-sa/4.0/, any version of it. */
export function licenceCode(address: string): string {
	const creativeCommons = /creativecommons\.org\/licenses\/(by(?:-nc)?(?:-(?:sa|nd))?)\//.exec(address);
	if (creativeCommons) return `cc-${creativeCommons[1]}`;
	if (/creativecommons\.org\/publicdomain\/zero\//.test(address)) return 'cc0';
	return /arxiv\.org\/licenses\//.test(address) ? 'arxiv' : 'other';
}
