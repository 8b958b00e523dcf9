/**
 * One form for the singular and the plural where Porter's algorithm, which knows `-s` and `-es`, would make two. Not always
 * the singular: what is equal is enough.
 */
export function singularOf(word: string): string {
	const whole = WHOLE.get(word);
	if (whole !== undefined) return whole;
	if (ENDS_IN_S.test(word)) return `${word}es`;
	// hypothesis, as in hypotheses and hypothesize
	if (/^.{3,}sis$/.test(word)) return `${word.slice(0, -2)}e`;
	const ending = ENDING.exec(word)?.[0];
	return ending === undefined ? word : withS(word.slice(0, -ending.length) + ENDINGS.get(ending)!);
}

// Porter would take the s for that of a plural: focu, but focused → focus. As a plural both become one.
const ENDS_IN_S =
	/^(?!.pus$|(?:re|ge|se|si)lus$|menus$|grus$|ious$).+[^o]us$|(?:bias|alias|canvas|atlas|pancreas)$|^(?:bio)?gas$|lens$|^news$/;

function withS(word: string) {
	return ENDS_IN_S.test(word) ? `${word}es` : word;
}

/** From lines of a singular and its plural, the map from the second to the first. */
function pairs(lines: string): Map<string, string> {
	return new Map(
		lines
			.trim()
			.split(/\s*,\s*/)
			.map((pair) => pair.split(' ').reverse() as [string, string])
	);
}

/** Also behind other letters: submatrices, multiindices. */
const ENDINGS = pairs(`
	matrix matrices, vertex vertices, index indices, cortex cortices, vortex vortices, simplex simplices, helix helices,
	appendix appendices, directrix directrices,
	criterion criteria, phenomenon phenomena, automaton automata, hedron hedra, mitochondrion mitochondria, ganglion ganglia,
	spectrum spectra, bacterium bacteria, stratum strata, maximum maxima, minimum minima, optimum optima, extremum extrema,
	momentum momenta, equilibrium equilibria, continuum continua, symposium symposia, curriculum curricula,
	consortium consortia, desideratum desiderata, millennium millennia, quantum quanta,
	nucleus nuclei, stimulus stimuli, radius radii, modulus moduli, annulus annuli, fungus fungi, syllabus syllabi,
	thesaurus thesauri, rhombus rhombi, hippocampus hippocampi, calculus calculi, corpus corpora,
	formula formulae, larva larvae, antenna antennae, nebula nebulae, nova novae, lacuna lacunae, vertebra vertebrae,
	alga algae, lemma lemmata, schema schemata, woman women
`);
const ENDING = new RegExp(`(?:${[...ENDINGS.keys()].join('|')})$`);

// `bases` for the plural of basis: that of base is lost in all that is based on something.
const WHOLE = new Map([
	...pairs(`
		axis axes, basis bases, apex apices, codex codices, taxon taxa, atrium atria, data datum, child children, man men,
		mouse mice, tooth teeth, foot feet, half halves, wolf wolves, shelf shelves, knife knives
	`),
	// With the s of ENDS_IN_S.
	...pairs('focuses foci, locuses loci, toruses tori, genuses genera')
]);
