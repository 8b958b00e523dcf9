const WORDS_SAID = 4;
const NAMES_SAID = 2;

/** Why a paper is near, in a sentence: `Shares masked, autoencoder, patches; also by Kaiming He`. */
export function reasonOf({ words, names }: { words: readonly string[]; names: readonly string[] }): string {
	const sharing = words.length > 0 ? `shares ${words.slice(0, WORDS_SAID).join(', ')}` : '';
	const by = names.length > 0 ? `also by ${named(names)}` : '';
	const reason = [sharing, by].filter((part) => part !== '').join('; ');
	return reason.slice(0, 1).toUpperCase() + reason.slice(1);
}

function named(names: readonly string[]) {
	const more = names.length - NAMES_SAID;
	if (more > 0) return `${names.slice(0, NAMES_SAID).join(', ')} and ${more} more`;
	return names.join(' and ');
}
