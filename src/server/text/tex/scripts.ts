const SUPERSCRIPTS = pairs(
	'0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWβγδθφχ′°',
	'⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵝᵞᵟᶿᵠᵡ′°'
);
const SUBSCRIPTS = pairs('0123456789+-−=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ');

/** The Unicode form of a superscript (`^`) or subscript (`_`), or null where one of its characters has none. */
export function script(kind: '^' | '_', text: string): string | null {
	const forms = kind === '^' ? SUPERSCRIPTS : SUBSCRIPTS;
	let shown = '';
	for (const character of text) {
		if (/\s/.test(character)) continue;
		const form = forms.get(character);
		if (form === undefined) return null;
		shown += form;
	}
	return shown;
}

/** Whether nothing but Unicode scripts and primes follows the first symbol, as in xᵢ², R′ or 10⁻³. */
export function isOneSymbol(text: string): boolean {
	return /^(\d+([.,]\d+)*|[^\s\\][\p{M}]*)[⁰¹²³⁴-₎ₐ-ₜᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬ-ᵂⱽᵝᵞᵟᶿᵠᵡᵢⱼᵣᵤᵥₓᵦᵧᵨᵩᵪⁱⁿ′']*$/u.test(text);
}

function pairs(from: string, to: string) {
	const targets = [...to];
	return new Map([...from].map((character, at) => [character, targets[at]!]));
}
