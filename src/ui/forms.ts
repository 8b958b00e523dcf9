const FORMS = [
	{ ending: 'atom', type: 'application/atom+xml', title: 'Feed' },
	{ ending: 'json', type: 'application/json', title: 'JSON' },
	{ ending: 'bib', type: 'application/x-bibtex', title: 'BibTeX' },
	{ ending: 'ris', type: 'application/x-research-info-systems', title: 'RIS' }
];

/** The other forms in which a page can be had; `query` is what its address has from the `?`. */
export function formsOf(path: string, query = '') {
	return FORMS.map(({ ending, type, title }) => ({ type, title, href: `${path}.${ending}${query}` }));
}
