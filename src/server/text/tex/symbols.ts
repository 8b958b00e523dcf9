/** Commands of mathematics that have one plain Unicode form. Variant letters stand as the plain letter. */
export const SYMBOLS = new Map(
	`alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ varkappa κ
	lambda λ mu μ upmu μ nu ν xi ξ omicron ο pi π varpi π rho ρ varrho ρ sigma σ varsigma σ tau τ upsilon υ phi φ varphi φ
	chi χ psi ψ omega ω Gamma Γ varGamma Γ Delta Δ varDelta Δ Theta Θ varTheta Θ Lambda Λ varLambda Λ Xi Ξ varXi Ξ Pi Π varPi Π
	Sigma Σ varSigma Σ Upsilon Υ Phi Φ varPhi Φ Psi Ψ varPsi Ψ Omega Ω varOmega Ω digamma ϝ ell ℓ hbar ℏ hslash ℏ imath ı jmath ȷ
	wp ℘ Re ℜ Im ℑ aleph ℵ beth ℶ partial ∂ nabla ∇ infty ∞ emptyset ∅ varnothing ∅ angle ∠ measuredangle ∡ triangle △ Box □
	square □ Diamond ◊ diamond ⋄ lozenge ◊ blacksquare ■ forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ top ⊤ bot ⊥ prime ′ backslash ∖
	complement ∁ eth ð Bbbk 𝕜 bigstar ★ checkmark ✓ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ sharp ♯ flat ♭ natural ♮
	dag † dagger † ddag ‡ ddagger ‡ S § P ¶ copyright © pounds £ degree ° degr ° arcdeg ° arcsec ″ arcmin ′ farcs .″ farcm .′ fdg .° circledR ®
	times × div ÷ pm ± mp ∓ cdot · centerdot · cdotp · ast ∗ star ⋆ circ ° bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙ sun ⊙
	boxplus ⊞ boxtimes ⊠ boxminus ⊟ cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀
	amalg ⨿ ltimes ⋉ rtimes ⋊ bowtie ⋈ Join ⋈ leq ≤ le ≤ geq ≥ ge ≥ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ neq ≠ ne ≠ equiv ≡ sim ∼
	simeq ≃ approx ≈ approxeq ≊ backsimeq ⋍ nsubseteq ⊈ nsupseteq ⊉ nleq ≰ ngeq ≱ gneq ⪈ lneq ⪇ cong ≅ asymp ≍ propto ∝ varpropto ∝ doteq ≐ triangleq ≜ coloneqq ≔ coloneq ≔ eqqcolon ≕ lesssim ≲
	gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ la ≲ ga ≳ ll ≪ gg ≫ lll ⋘ ggg ⋙ lessgtr ≶ gtrless ≷ prec ≺ succ ≻ preceq ⪯ succeq ⪰
	preccurlyeq ≼ succcurlyeq ≽ trianglelefteq ⊴ trianglerighteq ⊵ vartriangleleft ⊲ lhd ⊲ rhd ⊳ unlhd ⊴ unrhd ⊵ in ∈ ni ∋ notin ∉
	subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ sqsubseteq ⊑ sqsupseteq ⊒ sqsubset ⊏ Subset ⋐ vdash ⊢ dashv ⊣
	models ⊨ vDash ⊨ Vdash ⊩ mid | nmid ∤ parallel ∥ nparallel ∦ perp ⊥ smile ⌣ frown ⌢ therefore ∴ because ∵ to → rightarrow →
	longrightarrow ⟶ gets ← leftarrow ← longleftarrow ⟵ leftrightarrow ↔ longleftrightarrow ⟷ Rightarrow ⇒ Longrightarrow ⟹
	implies ⟹ Leftarrow ⇐ impliedby ⟸ Leftrightarrow ⇔ iff ⟺ mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ uparrow ↑
	downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightharpoondown ⇁
	leftharpoonup ↼ rightleftharpoons ⇌ leftrightarrows ⇆ rightrightarrows ⇉ rightleftarrows ⇄ leadsto ⇝ rightsquigarrow ⇝
	twoheadrightarrow ↠ multimap ⊸ dashrightarrow ⇢ circlearrowleft ↺ circlearrowright ↻ upharpoonright ↾ restriction ↾
	sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ fint ⨍ bigcup ⋃ bigcap ⋂ bigsqcup ⨆ bigvee ⋁ bigwedge ⋀ bigoplus ⨁
	bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigtriangleup △ bigtriangledown ▽ bigcirc ◯ ldots … dots … dotsc … dotsb ⋯ dotso … cdots ⋯
	dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ colon : vert | lvert | rvert | Vert ‖ lVert ‖ rVert ‖ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋
	lceil ⌈ rceil ⌉ lbrace { rbrace } lbrack [ rbrack ] llbracket ⟦ rrbracket ⟧ lparen ( rparen ) R ℝ Z ℤ C ℂ RR ℝ ZZ ℤ NN ℕ
	AA Å aa å ae æ AE Æ O Ø o ø ss ß l ł L Ł textmu μ textdegree ° texttimes × micron μm slash /`
		.split(/\s+/)
		.reduce<[string, string][]>((pairs, word, at, words) => {
			if (at % 2 === 0) pairs.push([word, words[at + 1]!]);
			return pairs;
		}, [])
);

/** Named functions, which are read as words and keep their distance from letters. */
export const FUNCTIONS = new Map(
	`arccos arcsin arctan arg argmax argmin cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max min
	Pr sec sin sinh sup tan tanh`
		.split(/\s+/)
		.map((name) => [name, name])
);
FUNCTIONS.set('bmod', 'mod').set('varinjlim', 'lim').set('varprojlim', 'lim').set('varlimsup', 'limsup');

/** The combining mark of an accent over one symbol. */
export const MARKS = new Map(
	Object.entries({
		hat: '\u0302',
		widehat: '\u0302',
		Hat: '\u0302',
		tilde: '\u0303',
		widetilde: '\u0303',
		Tilde: '\u0303',
		bar: '\u0304',
		Bar: '\u0304',
		overline: '\u0305',
		dot: '\u0307',
		Dot: '\u0307',
		ddot: '\u0308',
		dddot: '\u20db',
		vec: '\u20d7',
		overrightarrow: '\u20d7',
		check: '\u030c',
		widecheck: '\u030c',
		breve: '\u0306',
		acute: '\u0301',
		grave: '\u0300',
		mathring: '\u030a',
		underline: '\u0332',
		underbar: '\u0332'
	})
);

/** Relations, operators and arrows: what has white space on both sides or on none. */
export function isOperator(symbol: string): boolean {
	return /^(?![∂∇∞∑∏∫√∀∃∄¬∅∐∬∭∮])[\p{Sm}·°•△⋄-]$/u.test(symbol);
}
