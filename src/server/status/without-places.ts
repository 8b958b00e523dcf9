/** Longer than any sentence of ours. */
const LONGEST = 300;
/** Addresses with a scheme; of IPv4 and IPv6; names with a port; each with the path behind it. Then paths alone. */
const ADDRESS = /\b[a-z][a-z0-9+.-]*:\/\/[^\s'"]+/gi;
const NUMBERS =
	/(?:\b(?:\d{1,3}\.){3}\d{1,3}|\[?(?:[0-9a-f]{0,4}:){3,7}[0-9a-f]{0,4}\]?|::[0-9a-f]+)(?::\d+)?(?:\/[^\s;,'"]*)?/gi;
const NAME_AND_PORT = /\b[\w.-]*[a-z][\w.-]*:\d{2,5}(?:\/[^\s;,'"]*)?/gi;
const PATH = /(?<![\w.])(?:~|\.{1,2}|[A-Za-z]:)?(?:[\\/][^\s\\/:;,'"()]+)+[\\/]?/g;
const WHO = /\b(user|role|database|host)( name)? ["“'][^"”']+["”']/gi;

/**
 * The sentence of a failure as a page for everybody may show it: without the paths, addresses and users that a message of the
 * system may name. The whole of it is in the log.
 */
export function withoutPlaces(sentence: string): string {
	return [ADDRESS, NUMBERS, NAME_AND_PORT, PATH]
		.reduce((text, places) => text.replace(places, '…'), sentence.slice(0, LONGEST))
		.replace(WHO, '$1 …');
}
