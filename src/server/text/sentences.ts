/** Abbreviations after which a sentence goes on, whatever letter follows. */
const ABBREVIATIONS = new Set(
	`e.g i.e cf vs viz resp approx ca fig figs eq eqs eqn eqns sec sect secs ref refs tab thm lem prop cor def ch chap no nos vol pp p
	art dr mr mrs ms prof st jr sr dept univ inst ann proc trans rev lett phys math acad sci soc amer conf int j comm adv bull anal lin nat
	appl astron astrophys mon roy w.r.t a.k.a i.i.d s.t u.s u.k e.u a.s a.e u.s.a ed eds esp incl dim ph.d m.sc b.sc`.split(
		/\s+/
	)
);
/** Abbreviations that end a sentence where a usual beginning of one follows. */
const PERHAPS = new Set(['al', 'etc', 'a.e', 'a.s', 'u.s', 'u.k', 'e.u', 'i.i.d', 'w.r.t', 'ph.d', 'sec', 'no']);
const BEGINNING =
	/^["'“‘([]*(We|In|The|This|These|Those|Our|Here|However|It|Its|They|To|For|By|As|At|On|An|A|With|While|When|Such|Finally|Moreover|Furthermore|Additionally|First|Second|Then|Thus|Hence|Using|Based|Although|Despite|Most|Many|Recent|Recently|Existing|Specifically|Unlike|Experiments?|Results|Code|I|If|From|Both|Among|That|There|Since|Let|Under|Motivated|Building|Extensive)\b/;

/** The offsets at which the sentences of a text end, the last one at its length. The space behind belongs to neither. */
export function sentenceEnds(text: string): number[] {
	const ends: number[] = [];
	for (const { index, 0: stop } of text.matchAll(
		/(?<![.?!])[.?!]+["'”’)\]]*(?= \S)|(?<=[a-z)]{2})\.(?=(?:We|In|To|The|This|These|Our|However|Specifically|Moreover|Furthermore|Extensive|Additionally|First|Under|Experiments)\b)/g
	)) {
		const end = index + stop.length;
		if (text[end] !== ' ' || isEnd(text, index, end)) ends.push(end);
	}
	if (text.length > (ends.at(-1) ?? 0)) ends.push(text.length);
	return ends;
}

/** The sentences of a text. */
export function sentencesOf(text: string): string[] {
	let from = 0;
	return sentenceEnds(text).map((end) => {
		const sentence = text.slice(from, end).trim();
		from = end;
		return sentence;
	});
}

function isEnd(text: string, stop: number, end: number) {
	const after = text.slice(end, end + 40).trimStart();
	if (/^[\p{Ll}.,;:)\]]/u.test(after) && !/^(i|e|m)?[A-Z]/.test(after) && !/^\p{Ll}[\w-]*[A-Z]/u.test(after))
		return false;
	if (/^(\[\d|\d{4}\))/.test(after)) return false;
	if (text[stop] !== '.') return !/^[)\]]/.test(text.slice(stop + 1, end)) || /^\p{Lu}/u.test(after);
	const word = /[^\s([{“"'‘/–—]*$/u.exec(text.slice(Math.max(0, stop - 24), stop))![0];
	if (isInitial(word, text.slice(Math.max(0, stop - 24), stop), after)) return false;
	const short = word.toLowerCase();
	if (
		/^(figs?|eqs?|eqns?|secs?|sect|refs?|tab|thm|lem|prop|cor|def|ch|chap)$/.test(short) &&
		/^([A-Z]|[IVX]+)\b/.test(after)
	)
		return false;
	if (PERHAPS.has(short)) return BEGINNING.test(after);
	if (/^(no|art|p|def|prop|tab|int|nat|math|ref|def|st|conf|dim|ch|sect|cor|ann|ed|fig|sec|inst)$/.test(short))
		return (
			!/^(\d|[IVX]+\b)/.test(after) && (BEGINNING.test(after) || (short.length > 3 && !/^\p{Lu}\w*\./u.test(after)))
		);
	return !ABBREVIATIONS.has(short);
}

/** J. of "J. Smith" or of "E. coli", and not the vitamin C. at the end of a sentence. */
function isInitial(word: string, before: string, after: string) {
	if (!/^(\p{Lu}\.?-?)*\p{Lu}$/u.test(word) || word.length > 5 || /^\p{Lu}{2,}$/u.test(word)) return false;
	if (BEGINNING.test(after)) return false;
	return (
		word.includes('.') ||
		(/(^|[\s(,[])(and |&|et )?\p{Lu}$/u.test(before) &&
			/^\p{Lu}[\p{Ll}.-]/u.test(after) &&
			/(^|\p{Lu}\. ?|[.?!] |\p{Lu}\p{Ll}+ |[,(;] ?|and |by |of )\p{Lu}$/u.test(before))
	);
}
