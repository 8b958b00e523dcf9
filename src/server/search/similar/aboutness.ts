import type { Db } from '#server/db/database.ts';
import type { WeightedStem } from '../candidates.ts';
import { corpusFor } from '../corpus.ts';
import { quoted } from '../lexeme.ts';
import { type Profile, profileOf } from './profile.ts';
import type { Tally, Telling } from './word-tally.ts';

/** Stems whose rarity is asked for; an abstract has about 100. */
const MOST_STEMS = 400;
/** Stems by which papers are looked for. */
const TELLING = 12;

/** What the papers are about, and the stems that tell it best. */
export async function aboutness(
	db: Db,
	tallies: readonly Tally[],
	vocabulary: Telling
): Promise<{ profile: Profile; telling: WeightedStem[] }> {
	const numbers = mostMentioned(tallies, vocabulary);
	const corpus = await corpusFor(
		db,
		numbers.map((number) => vocabulary.stems[number]!)
	);
	const papersWith = (number: number) => corpus.papersWith(vocabulary.stems[number]!);
	const wanted = new Set(numbers);
	const profile = profileOf(
		tallies.map((tally) => new Map([...tally].filter(([number]) => wanted.has(number)))),
		{ papers: corpus.papers, papersWith }
	);
	return { profile, telling: tellingStems(profile, vocabulary, papersWith) };
}

/** Those that say something: no numbers, no single letters; of very many those that stand in most of the papers. */
function mostMentioned(tallies: readonly Tally[], { stems }: Telling): number[] {
	const papers = new Map<number, number>();
	for (const tally of tallies)
		for (const number of tally.keys())
			if (/\p{L}.*\p{L}/u.test(stems[number]!)) papers.set(number, (papers.get(number) ?? 0) + 1);
	return [...papers]
		.sort(([, one], [, other]) => other - one)
		.slice(0, MOST_STEMS)
		.map(([number]) => number);
}

/** A stem that one paper alone has leads to no other, and one that is not counted yet is taken for such. */
function tellingStems({ weights, rarity }: Profile, { stems }: Telling, papersWith: (number: number) => number) {
	const common = [...weights].filter(([number]) => papersWith(number) > 1);
	return (common.length > 0 ? common : [...weights])
		.sort(([, one], [, other]) => other - one)
		.slice(0, TELLING)
		.map(([number, weight]) => ({
			lexeme: quoted(stems[number]!),
			weight: weight * rarity.get(number)!,
			papers: papersWith(number)
		}));
}
