/** A word of British spelling as Americans write it, or nearly so: what both come to be is the same. */
export function inOneSpelling(word: string): string {
	let spelled = NOT_IZE.test(word) ? word : word.replace(ISE, 'z');
	for (const [british, american] of RULES) spelled = spelled.replace(british, american);
	return spelled;
}

/** The s of optimise and all its forms. */
const ISE = /(?<=^.{3,}i)s(?=(?:e|ed|er|ers|es|ing|ings|ation|ations|ational|ationally|able|ably|ability)$)/;
// Words that end in -ise for everybody, by the letters before: noise, pairwise, supervise, precise, premise, comprise, …
const NOT_IZE =
	/(?:[aou]i|wi|(?<!ti)vi|(?:exer|pre|con|ex|in|circum)ci|(?:pre|pro|sur|^de|che)mi|pri|(?:sun|moon|up)ri|chi|spi|(?:exper|trea|adver|^mor|prac)ti|(?:para|merchan)di)s[eia]/;

const RULES: [british: RegExp, american: string][] = [
	// analyse; its plural analyses is that of analysis too
	[/lys(?=(?:e|ed|er|ers|es|ing|able)$)/, 'lyz'],
	[
		/(?<=col|behavi|neighb|fav|lab|hum|tum|vap|flav|harb|arm|rum|rig|vig|od|endeav|sav|savi|parl|ard|cand|clam|ferv|splend|val|succ|demean|hon)our/,
		'or'
	],
	[/(?<=cent|fib|theat|calib|spect|sab|meag|lust)re(?=s?$|[^ad])/, 'er'],
	[/(?<=cent|calib|fib)red$/, 'ered'],
	[/(?<=cent|calib|fib)ring$/, 'ering'],
	[/(?<=^|[aeikoy])(met|lit|tit)re(?=s?$)/, '$1er'],
	[/manoeuvre?/, 'maneuver'],
	[/(?<=^.{3,}og)u(?=(?:e|es|ed|ing|er|ers)$)/, ''],
	[/(?<=^.{3,}gram)me(?=s?$)/, ''],
	[/^grey/, 'gray'],
	[/(?<=def|off|pret|lic)enc(?=e|ing)/, 'ens'],
	[/practis/, 'practic'],
	// Porter drops the second l of longer words: modelling.
	[/(?<=^(?:fue|due|dia|tria|grue))ll(?=(?:ed|ing|er|ers)$)/, 'l'],
	[/(?<=counse|jewe)ll/, 'l'],
	[/^(skil|wil)ful/, '$1lful'],
	[/(?<=focus|bias)s(?=ed|es|ing)/, ''],
	[/aem(?=i|o|a)/, 'em'],
	[/(?<=an|^)aesth/, 'esth'],
	[/paed/, 'ped'],
	[/oe(?=stro|soph|dem)/, 'e'],
	[/foet/, 'fet'],
	[/rrhoe/, 'rrhe'],
	[/archae/, 'arche'],
	[/palaeo/, 'paleo'],
	[/(?<=gyn|^f)aec/, 'ec'],
	[/^caesi/, 'cesi'],
	[/sulph/, 'sulf'],
	[/aluminium/, 'aluminum'],
	[/artefact/, 'artifact'],
	[/sceptic/, 'skeptic'],
	[/mould/, 'mold'],
	[/plough/, 'plow'],
	[/(?<=conn|refl|infl)exion/, 'ection'],
	[/dgement/, 'dgment'],
	[/^ageing/, 'aging'],
	[/(?<=siz|lik|mov|^(?:re)?us|scal|tun|shar|trad|rat)eable$/, 'able'],
	[/^disc(?=s?$)/, 'disk'],
	[/^tyre(?=s?$)/, 'tire'],
	[/^learnt$/, 'learned']
];
