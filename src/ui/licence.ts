/** The short name of a licence by its address, as it is written beside a paper; an address that is not known is its own name. */
export function licenceName(address: string): string {
	const creative =
		/^https?:\/\/creativecommons\.org\/(?:licenses\/([a-z-]+)\/(\d\.\d)|publicdomain\/(zero|mark))\b/.exec(address);
	if (creative?.[1]) return `CC ${creative[1].toUpperCase()} ${creative[2]}`;
	if (creative?.[3]) return creative[3] === 'zero' ? 'CC0 1.0' : 'Public domain';
	if (/^https?:\/\/arxiv\.org\/licenses\/nonexclusive-distrib\b/.test(address)) return 'arXiv’s licence to distribute';
	return address.replace(/^https?:\/\//, '');
}
