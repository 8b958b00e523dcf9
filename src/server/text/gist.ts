/*
 * Which sentence of an abstract says what was done, and how it is shown on its own. The words and their worth were tuned by
 * eye on the seed page and on some 300 random papers of all fields; gist.examples.txt holds the judgements.
 */

const PAPER =
	'(?:(?:this|our|present|the present|the current) (?:\\w+ )?(?:paper|work|article|study|survey|review|note|letter|thesis|research|report|chapter|contribution|tutorial|manuscript|dissertation|investigation|project|communication|book|monograph|notes?)|these notes|the (?:paper|article|study))';
const AUTHORS = `\\b(?:we|I|the authors?|${PAPER})\\b`;
const ADVERBS =
	'(?:\\s+(?:\\w+ly|here|also|then|first|thus|therefore|further|hence|now|instead|can|will|aims? to|seeks? to|attempts? to|set out to|have|has|to|for the first time|and|,))*,?';
const MAKE =
	'propos|introduc|present(?!s?\\s+(?:extensive|experiment|empirical|numerical|evidence))|develop|devis|design|formulat|releas|creat|build|built|contribut|construct|fill|offer|unveil|put forward|formali[sz]|coin|advocat|argue|call for|curat|invent|instantiat|pioneer|fine-?tun|train\\b|adapt|extend|generali[sz]|leverag|reformulat|reframe|recast|revisit|adopt|employ|integrat|explor|tackle|address|describ|announc|detail|implement|combin|augment|equip|apply|replace|model\\b|frame\\b';
const STUDY =
	'prov(?:e|es|ed|ide)|establish|stud(?:y|ies|ied)|investigat|examin|analy[sz]|consider|deriv|determin|classif|characteri[sz]|comput|calculat|measur|conduct|perform|survey|review|report|compar|benchmark|evaluat|assess|quantif|identif|search|map|obtain|give|carry out|carried out|test|ask|discuss|outline|summari[sz]|focus|deal|simulat|estimat|reconstruct|explain|solv|systemati[sz]|observe|use|show|demonstrat|find|reveal|discover|detect|interpret|seek|concern|is (?:devoted|dedicated|concerned)|are (?:interested|concerned)';
const FIND =
	'show|demonstrat|find|found|observe|reveal|discover|achiev|outperform|improv|surpass|conclud|hope|believe|note|expect|envision|discuss|test|evaluat|use|validate|verify|compare|assess|confirm|see';

const proposed =
	/\b(?:we|I|paper|work|article|study)(?: \w+ly| here| thus| therefore| then)?,? (?:propose|introduce|present(?!s? (?:extensive|experiment|empirical))|develop|devise|design|release|formulate|build|unveil|put forward|contribute|advocate|argue)s?\b|\b(?:we|I)\b[^.;]{0,90}? and (?:propose|introduce|present|develop)\b/i;
const made = new RegExp(`${AUTHORS}${ADVERBS}\\s+(?:${MAKE})`, 'i');
const studied = new RegExp(`${AUTHORS}${ADVERBS}\\s+(?:${STUDY})`, 'i');
const found = new RegExp(`${AUTHORS}${ADVERBS}\\s+(?:${FIND})`, 'i');
const aimed = new RegExp(
	`\\b(?:goal|aim|purpose|objective|focus|subject)s? of ${PAPER}|\\bour (?:main |primary |central )?(?:goal|aim|purpose|objective|contribution|approach|main result)s?\\b|\\b${PAPER} (?:aim|seek|attempt|deal|focus|contain|concern)|\\bis the (?:first|subject)\\b`,
	'i'
);
const done =
	/\b(?:is|are|was|were|has been|have been)(?: \w+ly| also| then| here)? (?:proposed|introduced|presented|developed|designed|described|studied|investigated|analy[sz]ed|considered|examined|proved|proven|shown|established|derived|obtained|discussed|reviewed|given|constructed|explored|reported|calculated|computed|measured|determined|assessed|evaluated|tested|performed|applied|employed|addressed|provided|demonstrated|compared|devised|formulated|implemented)\b/i;
const paper = new RegExp(`\\b${PAPER}\\b`, 'i');
const named =
	/^[A-Z][\w-]*(?: \([^)]*\))?,? (?:is|are|presents?|introduces?|proposes?|provides?|offers?|enables?|a|an)\b/;
const works =
	/\b(?:novel|new|first|framework|method|approach|model|algorithm|benchmark|dataset|system|architecture|pipeline|theory|technique|paradigm|toolkit|library|corpus)\b/i;

/** What speaks for a sentence, or against it, beside what its authors do in it. */
const SIGNS: [RegExp, number][] = [
	[
		/^(?:in this (?:paper|work|study|article|letter|survey|note|report|review|thesis|chapter|position paper)|this (?:paper|work|study|article|survey|thesis|note|review|letter|report|position paper)|here,? (?:we|I)|to (?:address|tackle|overcome|bridge|fill|mitigate|this end|solve|resolve|close|remedy|meet)|in response|motivated by|building (?:up)?on (?!the same|it))\b/i,
		2
	],
	[/^here\b/i, 2],
	// It has a name: in brackets, after "called", or written as one (MaskNet).
	[
		/\((?=[^)]*[A-Z])[A-Za-z0-9-]{2,14}\)|(?:introduce|propose|present)s? [A-Z0-9₀-₉α-ω]*[\w-]*[a-zA-Z][A-Z0-9²][\w-]*|\b(?:named|called|dubbed|termed|coined)\b|,? (?:a|an|the first) (?:novel|new|simple|unified|general|efficient)\b/,
		1
	],
	[
		/^(?:additionally|moreover|furthermore|finally|lastly|also|besides|second|third|in addition|as an application|as a (?:consequence|corollary|by-?product)|to (?:evaluate|validate|demonstrate|assess|verify|test|support|facilitate|enable|further|ensure)|we (?:also|further|additionally|finally|then|next)|then|next|as (?:part|an example)|for example|unlike|in contrast)\b/i,
		-3
	],
	[
		/\buser stud(?:y|ies)\b|\bexperiments\b|^(?:for achievability|as an? (?:\w+ )?(?:example|application|solution)|building (?:up)?on (?:the same|it))\b/i,
		-3
	],
	[
		/^(?:however|but|although|while|despite|existing|previous|prior|recent(?:ly)?|most|many|current|traditional|yet)\b/i,
		-1
	],
	[/^(?:usually|currently|typically|traditionally|often|nowadays|today|in recent years)\b/i, -2],
	[
		/\b(?:experiment(?:s|al results)?|evaluations?|results|simulations)\b[^.]{0,80}\b(?:show|demonstrate|indicate|confirm|reveal|suggest|validate|verify)/i,
		-4
	],
	[
		/\b(?:implications?|consequences?|applications?|limitations|future (?:work|directions?))\b.*\b(?:discuss|outlin|present|explor|given)/i,
		-5
	],
	[/\b(?:outperform|state-of-the-art|SOTA|surpass)/i, -1.5],
	[/(?:(?:\d\s?%|±|≈|\d\.\d|×).*){2}/, -1.5],
	[/\?$/, -3],
	// Cut from its beginning (iPhones and t-SNE are whole), or left with a hole where a command stood.
	[/^(?!\p{Ll}[\w-]*\p{Lu})\p{Ll}/u, -3],
	[/ , |\( ?\)/, -2]
];
const available =
	/https?:|github|\b(?:code|data|dataset|models?|project page|source code|demo)\b[^.]{0,60}\b(?:available|released|found (?:at|here|on)|at:?$|open[- ]sourced?)\b/i;

/** So much of a sentence is judged: who did what stands well before. */
const LONGEST = 600;
/** Of more characters, a gist fills the lead with twelve lines. */
const LONG = 320;
/** A proposal of this worth is not one that comes beside the main one ("We also propose"). */
const PLAIN = 9;

/**
 * The index of the sentence that gives the gist: the one in which the authors say what they made, else what they studied or
 * proved, else what they found; never where the code lies. Of no sentences, -1; equal ones go to the earlier. One of more
 * than 320 characters makes way for another that says plainly what was made.
 */
export function gistOf(sentences: string[]): number {
	const worths = sentences.map((sentence, at) => worthOf(sentence.slice(0, LONGEST), at));
	const best = highest(worths);
	if (best < 0 || sentences[best]!.length <= LONG) return best;
	const others = worths.map((worth, at) => (isShortProposal(sentences[at]!) ? worth : -Infinity));
	const other = highest(others);
	return others[other]! >= PLAIN ? other : best;
}

function highest(worths: number[]): number {
	return worths.reduce((best, worth, at) => (best < 0 || worth > worths[best]! ? at : best), -1);
}

function isShortProposal(sentence: string): boolean {
	return sentence.length <= LONG && proposed.test(sentence);
}

function worthOf(sentence: string, at: number): number {
	let worth = actWorth(sentence) - Math.min(at, 12) * 0.25;
	for (const [sign, weight] of SIGNS) if (sign.test(sentence)) worth += weight;
	if (available.test(sentence)) worth -= proposed.test(sentence) ? 3 : 12;
	if (sentence.length < 45) worth -= 3;
	return at === 0 ? worth + 1 : worth;
}

function actWorth(sentence: string): number {
	if (proposed.test(sentence)) return /\b(?:argue|advocate)/i.test(sentence) ? 8 : 10;
	if (aimed.test(sentence)) return 7.5;
	if (made.test(sentence)) return 7;
	const isFound = found.test(sentence);
	if (studied.test(sentence)) return isFound ? 5 : 6.5;
	if (isFound) return 3.5;
	if (done.test(sentence)) return /\b(?:novel|new|first|here)\b/i.test(sentence) ? 5.5 : 3.5;
	if (paper.test(sentence) || /\bwe\b/i.test(sentence)) return 4;
	if (named.test(sentence) && works.test(sentence)) return 3;
	return /\bour\b/i.test(sentence) ? 1.5 : 0;
}

/** Clauses that lead over from the sentence before, or say that this is a paper: nothing is lost without them. */
const LEAD = [
	'(?:in|with|through|for|as part of) (?:this|the present|our|the current)(?: (?:research|position|short|survey|review|perspective|technical|companion))* (?:paper|work|study|article|letter|note|report|survey|review|thesis|research|contribution|chapter|manuscript|tutorial|dissertation|talk|project)',
	'herein|here|therefore|thus|hence|consequently|accordingly|specifically|moreover|furthermore|additionally|finally|however|instead|in response|as a result|in particular|concretely|conversely|in contrast|to this end|to that end|to do so|to this aim|towards? this (?:end|goal)|for this purpose|with this (?:aim|goal|in mind)|with this motivation|as a solution|as a (?:first )?step(?: towards this (?:goal|end))?|in light of this|in this context|in this vein|in this direction|for this reason|because of this|in view of this|along these lines|more precisely|more specifically|first|second|then|now|so|and|but|yet|in summary|overall|in short|in doing so|nevertheless|nonetheless|on the other hand',
	'(?:to|in order to|aiming to|seeking to) (?:address|tackle|overcome|bridge|fill|mitigate|solve|resolve|close|remedy|meet|alleviate|handle|achieve|answer|cope with|deal with|counter|investigate|combat|circumvent|rectify|narrow|respond to|study|explore|realize|facilitate|support) (?:(?:all|both|each) (?:of )?)?(?:this|these|those|that|such|the (?:above|aforementioned|former|above-mentioned)|them|it)\\b[^,.;:]{0,80}',
	'(?:to|in order to) (?:address|tackle|overcome|bridge|fill|mitigate|solve|resolve|close|alleviate) the (?:gaps?|issues?|problems?|challenges?|limitations?|shortcomings?)(?: (?:above|identified|outlined))?',
	'(?:building (?:up)?on|based on|motivated by|inspired by|guided by|leveraging|given|drawing on|following|driven by|in light of|in view of|due to|considering|recognizing|informed by|starting from) (?:this|these|those|that|such|the above|the aforementioned)\\b[^,.;:]{0,60}'
].join('|');
const LED = new RegExp(
	`^(?:(?:${LEAD})\\s*,\\s*){1,3}(?=(?:we|I|this|the|our|a|an|it)\\b)|^(?:in this (?:paper|work|study|article|letter|note|report)|here|therefore|thus|hence)\\s+(?=(?:we|I)\\b)`,
	'i'
);

/** A sentence without its lead ("To this end,", "In this paper,"), its first letter a capital. What says more than "this" stays. */
export function trimmed(sentence: string): string {
	const rest = sentence.replace(LED, '');
	return rest === sentence || rest.length < 20 ? sentence : rest[0]!.toUpperCase() + rest.slice(1);
}
