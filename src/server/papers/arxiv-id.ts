/** An arXiv identifier without its version, and the version where one was written. */
export interface ArxivId {
	id: string;
	version: number | null;
}

// Identifiers up to March 2007 begin with one of these; no archive was opened under that scheme afterwards.
const ARCHIVES = new Set(
	`acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga
	funct-an gr-qc hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph
	q-alg q-bio quant-ph solv-int supr-con`.split(/\s+/)
);

const NEW = /^([0-9]{2})([0-9]{2})\.([0-9]{4,5})(?:v([1-9][0-9]{0,3}))?$/i;
const OLD = /^([a-z-]{2,8})(?:\.[a-z]{2})?\/([0-9]{2})([0-9]{2})([0-9]{3})(?:v([1-9][0-9]{0,3}))?$/i;

/**
 * Reads a bare identifier in arXiv's canonical forms, of either scheme. The subject class of an old one is dropped:
 * `math.GT/0309136` is `math/0309136`, as arXiv itself has written it since December 2008
 * (info.arxiv.org/help/arxiv_identifier_for_services.html). Null for what arXiv cannot have given out.
 */
export function arxivIdOf(text: string): ArxivId | null {
	return newIdOf(text) ?? oldIdOf(text);
}

// Four digits of sequence until 1412, five from 1501, both counted from one. YY is 07 to 99; arXiv leaves 2100 open.
function newIdOf(text: string): ArxivId | null {
	const [, year, month, sequence, version] = NEW.exec(text) ?? [];
	if (!year || !month || !sequence || !isMonth(month)) return null;
	const yymm = Number(year + month);
	if (yymm < 704 || sequence.length !== (yymm < 1501 ? 4 : 5) || Number(sequence) === 0) return null;
	return { id: `${year}${month}.${sequence}`, version: version ? Number(version) : null };
}

function oldIdOf(text: string): ArxivId | null {
	const [, written, year, month, sequence, version] = OLD.exec(text) ?? [];
	const archive = written?.toLowerCase();
	if (!archive || !year || !month || !ARCHIVES.has(archive) || !isMonth(month) || Number(sequence) === 0) return null;
	const yymm = Number(year + month);
	if (yymm > 703 && yymm < 9107) return null;
	return { id: `${archive}/${year}${month}${sequence}`, version: version ? Number(version) : null };
}

function isMonth(digits: string) {
	return Number(digits) >= 1 && Number(digits) <= 12;
}
