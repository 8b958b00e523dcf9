/** Characters that LaTeX reads as more than themselves, or that classic BibTeX styles cannot set, in text. */
export const COMMANDS: ReadonlyMap<string, string> = new Map([
	...Array.from('&#%_', (character): [string, string] => [character, `\\${character}`]),
	['$', '{\\textdollar}'],
	['\\', '{\\textbackslash}'],
	// Not \{ and \}: BibTeX counts braces without regard to the backslash.
	['{', '{\\textbraceleft}'],
	['}', '{\\textbraceright}'],
	['^', '{\\textasciicircum}'],
	['~', '{\\textasciitilde}'],
	['<', '{\\textless}'],
	['>', '{\\textgreater}'],
	['|', '{\\textbar}'],
	['–', '--'],
	['—', '---'],
	['‘', '`'],
	['’', "'"],
	['“', '``'],
	['”', "''"],
	['…', '{\\ldots}'],
	['§', '{\\S}'],
	['©', '{\\copyright}'],
	['ß', '{\\ss}'],
	['ø', '{\\o}'],
	['Ø', '{\\O}'],
	['ł', '{\\l}'],
	['Ł', '{\\L}'],
	['æ', '{\\ae}'],
	['Æ', '{\\AE}'],
	['œ', '{\\oe}'],
	['Œ', '{\\OE}'],
	['ı', '{\\i}']
]);

/** The text accent of a combining mark. */
export const MARKS: ReadonlyMap<string, string> = new Map([
	['\u0300', '`'],
	['\u0301', "'"],
	['\u0302', '^'],
	['\u0303', '~'],
	['\u0304', '='],
	['\u0306', 'u'],
	['\u0307', '.'],
	['\u0308', '"'],
	['\u030a', 'r'],
	['\u030b', 'H'],
	['\u030c', 'v'],
	['\u0323', 'd'],
	['\u0327', 'c'],
	['\u0328', 'k'],
	['\u0331', 'b']
]);

const GREEK = `α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta ϑ vartheta ι iota κ kappa λ lambda
	μ mu µ mu ν nu ξ xi π pi ρ rho σ sigma ς varsigma τ tau υ upsilon φ varphi ϕ phi χ chi ψ psi ω omega
	Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Υ Upsilon Φ Phi Ψ Psi Ω Omega`;
const SIGNS = `× times ÷ div ± pm ∓ mp · cdot ⋅ cdot ≤ leq ≥ geq ≪ ll ≫ gg ≠ neq ≡ equiv ∼ sim ≃ simeq ≈ approx ∝ propto
	∞ infty → rightarrow ← leftarrow ↔ leftrightarrow ⇒ Rightarrow ↦ mapsto ∂ partial ∇ nabla √ surd ∑ sum ∏ prod ∫ int
	∈ in ∉ notin ⊂ subset ⊆ subseteq ∪ cup ∩ cap ∅ emptyset ∀ forall ∃ exists ∧ wedge ∨ vee ⊕ oplus ⊗ otimes ⊙ odot
	∗ ast ⋆ star ∘ circ ‖ Vert ⟨ langle ⟩ rangle ⋯ cdots † dagger ‡ ddagger ⊥ perp ℓ ell ℏ hbar ℜ Re ℑ Im ′ prime`;

/** Letters and signs of mathematics, as they are written between dollars. */
export const SYMBOLS: ReadonlyMap<string, string> = new Map([
	...pairs(`${GREEK} ${SIGNS}`).map(([character, command]): [string, string] => [character, `\\${command}`]),
	['−', '-'],
	['°', '^\\circ'],
	...Array.from('ℂℍℕℙℚℝℤ', (letter): [string, string] => [letter, `\\mathbb{${letter.normalize('NFKD')}}`]),
	...Array.from('ℬℰℱℋℐℒℳℛ', (letter): [string, string] => [letter, `\\mathcal{${letter.normalize('NFKD')}}`]),
	...Array.from('ℭℌℨ', (letter): [string, string] => [letter, `\\mathfrak{${letter.normalize('NFKD')}}`])
]);

/** A letter of Unicode's mathematical alphabets (U+1D400 to U+1D7FF), as it is written between dollars. */
export function alphabetOf(character: string) {
	const code = character.codePointAt(0)!;
	if (code < 0x1d400 || code > 0x1d7ff) return undefined;
	const letter = character.normalize('NFKD');
	if (!/^[A-Za-z0-9]$/.test(letter)) return SYMBOLS.get(letter);
	if (code < 0x1d434) return `\\mathbf{${letter}}`;
	if (code >= 0x1d49c && code < 0x1d504 && letter <= 'Z') return `\\mathcal{${letter}}`;
	if ((code >= 0x1d504 && code < 0x1d538) || (code >= 0x1d56c && code < 0x1d5a0)) return `\\mathfrak{${letter}}`;
	return code >= 0x1d538 && code < 0x1d56c ? `\\mathbb{${letter}}` : letter;
}

function pairs(list: string) {
	const words = list.trim().split(/\s+/);
	return Array.from({ length: words.length / 2 }, (_, index) => [words[2 * index]!, words[2 * index + 1]!] as const);
}
