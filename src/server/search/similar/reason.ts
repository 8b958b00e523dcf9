import type { Spellings } from './spellings.ts';

const WORDS_SAID = 4;
/** Of what two papers share, the words that make them near; of those, the ones that say best what it is about are said. */
const WEIGHTY = 8;
const NAMES_SAID = 2;

/** Why a paper is near, in a sentence: `Shares masked, autoencoder, patches; also by Kaiming He`. */
export function reasonOf({ words, names }: { words: readonly string[]; names: readonly string[] }): string {
	const sharing = words.length > 0 ? `shares ${words.slice(0, WORDS_SAID).join(', ')}` : '';
	const by = names.length > 0 ? `also by ${named(names)}` : '';
	const reason = [sharing, by].filter((part) => part !== '').join('; ');
	return reason.slice(0, 1).toUpperCase() + reason.slice(1);
}

/** What is shared, given by weight, in the order in which it is said: the nouns of the title, its other words, those of the abstract. */
export function tellingFirst(shared: readonly number[], spellings: Spellings): string[] {
	const order = (number: number) => (spellings.isInTitle(number) ? Number(isModifier(spellings.of(number))) : 2);
	return shared
		.slice(0, WEIGHTY)
		.sort((one, other) => order(one) - order(other))
		.map((number) => spellings.of(number));
}

/** By its ending, which is right often enough for an order. */
const isModifier = (word: string) => /.{3}(?:ed|al|ic|ive|ous|[ai]ble|ful|less)$/.test(word);

function named(names: readonly string[]) {
	const more = names.length - NAMES_SAID;
	if (more > 0) return `${names.slice(0, NAMES_SAID).join(', ')} and ${more} more`;
	return names.join(' and ');
}
