import type { SiteEmbeddings } from '#server/search/embeddings/site-embeddings.ts';
import { counted, span } from './amounts.ts';
import type { Part } from './parts-in-words.ts';
import type { SiteStatus } from './status.ts';
import { withoutPlaces } from './without-places.ts';

/** The embedding endpoint; nothing where none is set. */
export function embeddingPart(status: SiteStatus): Part[] {
	const { embeddings } = status;
	if (!embeddings) return [];
	const says = [
		progressOf(status, embeddings),
		failureOf(status, embeddings),
		refusedOf(embeddings),
		missedOf(embeddings)
	];
	return [
		{ ...stateOf(status, embeddings), name: `Vectors by ${embeddings.model}`, says: says.filter(Boolean).join(' ') }
	];
}

function stateOf({ database }: SiteStatus, { embedded, refused, failing_since, queries }: SiteEmbeddings) {
	if (failing_since || queries.failing_since) return { state: 'open', word: 'silent' } as const;
	const isWhole = database && embedded + refused >= database.papers;
	return isWhole ? ({ state: 'full', word: 'there' } as const) : ({ state: 'half', word: 'in the making' } as const);
}

/** `12,300 of about 150,000 papers have vectors; 24 a second, about 95 minutes to go.` */
function progressOf({ database }: SiteStatus, { embedded, refused, papers_per_second }: SiteEmbeddings) {
	const have = embedded.toLocaleString('en-GB');
	if (!database) return `${have} papers have vectors.`;
	const all = `${database.papers_estimated ? 'about ' : ''}${counted(database.papers, 'paper')}`;
	const left = database.papers - embedded - refused;
	const rate = left > 0 && papers_per_second ? `; ${paceOf(left, papers_per_second)}` : '';
	return `${have} of ${all} have vectors${rate}.`;
}

function paceOf(left: number, rate: number) {
	const pace = rate >= 10 ? Math.round(rate) : Number(rate.toPrecision(2));
	return `${pace} a second, about ${span((left / rate) * 1_000)} to go`;
}

function failureOf({ at }: SiteStatus, { failing_since, failure, ask_again_at, queries }: SiteEmbeddings) {
	if (failing_since) {
		const wait = ask_again_at ? ask_again_at.getTime() - at.getTime() : 0;
		return `${since(failing_since, at, failure)} It is asked again ${wait > 0 ? `in ${span(wait)}` : 'soon'}.`;
	}
	return queries.failing_since ? `To queries: ${since(queries.failing_since, at, queries.failure)}` : '';
}

const since = (from: Date, at: Date, failure: string | null) =>
	`No answer of use for ${span(at.getTime() - from.getTime())}. ${withoutPlaces(failure ?? '')}`.trim();

const refusedOf = ({ refused }: SiteEmbeddings) =>
	refused > 0 ? `The model refuses the ${refused === 1 ? 'text' : 'texts'} of ${counted(refused, 'paper')}.` : '';

const missedOf = ({ queries }: SiteEmbeddings) =>
	queries.missed > 0
		? `Since the start ${queries.missed.toLocaleString('en-GB')} of ${queries.asked.toLocaleString('en-GB')} searches went without.`
		: '';
