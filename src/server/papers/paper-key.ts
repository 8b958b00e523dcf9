import { arxivIdOf } from './arxiv-id.ts';

/** Where a paper is published: on arXiv, or on bioRxiv or medRxiv, which share their DOI prefixes. */
export type PaperKind = 'arxiv' | 'biorxiv';

/** A paper's public key, and the version that was named beside it, if any. */
export interface KeyAndVersion {
	key: string;
	version: number | null;
}

// Longer than any address of a paper. What is longer is not read at all.
const LONGEST = 400;

const SCHEME = /^https?:\/\//i;
const ARXIV_HOST =
	/^(?:[a-z0-9-]+\.)*(?:arxiv\.org|ar5iv\.org|xxx\.lanl\.gov|alphaxiv\.org|huggingface\.co|hf\.co|semanticscholar\.org|scirate\.com|papers\.cool)$/i;
const ARXIV_PATH = /^(?:abs|pdf|html|format|ps|src|e-print|tb|overview|papers|arxiv)\/(.+)$/i;
const BIORXIV_HOST = /^(?:[a-z0-9-]+\.)*(?:bio|med)rxiv\.org$/i;
const BIORXIV_PATH = /^(?:content\/)?(10\.[0-9]{4,5}\/[0-9][0-9.]{4,17}[0-9](?:v[0-9]{1,4})?)/i;
const DOI_HOST = /^(?:dx\.|www\.)?doi\.org$/i;

// A DOI of bioRxiv or medRxiv: a number of six (bioRxiv) or eight digits (medRxiv), from December 2019 after a date.
// Cold Spring Harbor's journals have the prefix 10.1101 too (10.1101/gr.…) and are not preprints.
const PREPRINT =
	/^(10\.(?:1101|64898)\/(?:20[0-9]{2}\.(?:0[1-9]|1[0-2])\.(?:0[1-9]|[12][0-9]|3[01])\.)?(?:[0-9]{6}|[0-9]{8}))(?:v([1-9][0-9]{0,3}))?$/i;

/**
 * The key of the paper that a person or a source names: an arXiv id, a DOI, a citation's `arXiv:…v2 [cs.CV]`, or an
 * address on arXiv, bioRxiv, medRxiv and the sites that are built on them. Null where no paper is named.
 */
export function paperKeyOf(text: string): string | null {
	return keyAndVersion(text)?.key ?? null;
}

/** As paperKeyOf, with the version: what an address `/papers/<id>[vN]` names, in whatever spelling it came. */
export function keyAndVersion(text: string): KeyAndVersion | null {
	if (text.length > LONGEST) return null;
	const named = withoutSurroundings(text);
	return keyInAddress(named) ?? keyInName(named);
}

export function kindOf(key: string): PaperKind {
	return key.startsWith('10.') ? 'biorxiv' : 'arxiv';
}

/** Our page of the paper. The slash in an old id or a DOI stays a slash. */
export function paperPath(key: string, version: number | null = null) {
	return `/papers/${versioned(key, version)}`;
}

/** The paper's page on arXiv; null for bioRxiv and medRxiv, which only the DOI tells apart: doiUrl leads there. */
export function arxivAbsUrl(key: string, version: number | null = null) {
	return kindOf(key) === 'arxiv' ? `https://arxiv.org/abs/${versioned(key, version)}` : null;
}

/** The PDF on arXiv; null for bioRxiv and medRxiv, as above. */
export function pdfUrl(key: string, version: number | null = null) {
	return kindOf(key) === 'arxiv' ? `https://arxiv.org/pdf/${versioned(key, version)}` : null;
}

/** The preprint's own DOI. arXiv registers one for every paper; a journal's DOI is a field of the paper. */
export function preprintDoi(key: string) {
	return kindOf(key) === 'arxiv' ? `10.48550/arXiv.${key}` : key;
}

export function doiUrl(key: string) {
	return `https://doi.org/${preprintDoi(key)}`;
}

function versioned(key: string, version: number | null) {
	return version === null ? key : `${key}v${version}`;
}

// A mark-up's brackets and a sentence's full stop around it, and what arXiv's stamp says after it: ` [cs.CV] 1 Jun 2007`.
function withoutSurroundings(text: string) {
	return text
		.trim()
		.replace(/\s\[[a-z-]{2,8}(?:\.[a-z-]{2,9})?\].{0,20}$/i, '')
		.replace(/^[<("]{1,3}/, '')
		.replace(/[>)".,;]{1,3}$/, '');
}

function keyInAddress(text: string) {
	const [host = '', ...rest] = text.replace(SCHEME, '').split('/');
	const path = decoded(rest.join('/').replace(/[?#].*$/s, ''));
	if (DOI_HOST.test(host)) return keyInName(path);
	if (BIORXIV_HOST.test(host)) return preprintOf(BIORXIV_PATH.exec(path)?.[1] ?? '');
	const [, id] = (ARXIV_HOST.test(host) && ARXIV_PATH.exec(path)) || [];
	return id ? keyInName(id) : null;
}

function keyInName(text: string) {
	const name = decoded(text)
		.replace(/\/$/, '')
		.replace(/\.(?:pdf|md)$/i, '')
		.replace(/^doi:\s?/i, '')
		.replace(/^(?:10\.48550\/arxiv\.|oai:arxiv\.org:|arxiv:\s?|arxiv\s)/i, '');
	const arxiv = arxivIdOf(name);
	return arxiv ? { key: arxiv.id, version: arxiv.version } : preprintOf(name);
}

function preprintOf(text: string): KeyAndVersion | null {
	const [, key, version] = PREPRINT.exec(text) ?? [];
	return key ? { key, version: version ? Number(version) : null } : null;
}

// An address may say %2F for the slash of an old id. What is not an encoding is left as it is.
function decoded(text: string) {
	return text.replace(/%2f/gi, '/').replace(/%3a/gi, ':');
}
