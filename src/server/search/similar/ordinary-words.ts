import { stemOf } from '#server/text/words.ts';

/**
 * Words that any abstract may have, whatever it is about. Where there are few papers their rarity does not tell them from the
 * others: two that say `intuitively` would be near.
 */
export function isOrdinary(word: string): boolean {
	return AS_WRITTEN.has(word) || IN_ANY_FORM.has(stemOf(word)) || isAdverb(word);
}

const words = (text: string) => text.trim().split(/\s+/);

/** Their stems are those of other words too: `general` of `generate`, `new` of `news`. */
const AS_WRITTEN = new Set(
	words(`
	about above across after all almost along already alone also although always among amongst an and another any anything around away
	because become becomes becoming before behind being below beside besides best better between beyond both but cannot could despite did do does
	doing done down due during each either else enough especial etc even ever every everything everywhere except far few fewer first for former
	from further furthermore general get gets given gives good had hardly he hence her here herein high higher highest him his how however i if
	ii iii indeed inside instead into itself just know known knows last latter least less let like little long longer lot lots low lower lowest
	made many may me meanwhile might moreover more most much must my near neither never nevertheless new next no non none nonetheless nor not
	nothing notwithstanding now nowhere of off often once one ones onto only other others otherwise out over overall own per perhaps please quite
	rather re really same seem seems several shall she should since so some something sometimes somewhat soon still such takes taken taking
	than that themselves then there thereby therefore therein these they third those though through throughout thus till together too
	toward towards twice two three four five six seven eight nine ten under underexplored unlike until unto up upon us used useful very via
	versus vs was way ways well what whatever when whence whenever where whereas whereby wherein wherever whether while who whole whose why wide
	wider widespread will within without would yet you your say says said et al ie eg cf hoc main major minor recent old early late
	set sets such term terms fact point points regard regards respect respective sake sort kind kinds
	ability abilities act acts complete conduct conducted driven emerge emerges emerging end explain explains explore explores explored exploring facing
	final former found hard inform number numbers original play plays powerful prompted question questions raise raises reason reasons
	related select selected serve serves similar treat turn user users paper papers
	accuracy accurate auto cross fine inter intra multi pre self semi anti sub super pseudo non co re wise aware centric oriented io github https http www com page website
	extract extracts extracted real acquire acquired acquires description descriptions portion portions stage stages thing things
	`)
);

const IN_ANY_FORM = new Set(
	words(`
	able absence accomplish accord account achieve actual add addition address adopt advance advantage affect afford aim alleviate allow
	alternative ample analysis analyze appear apply approach appropriate argue argument arise article ask aspect assess associate assume
	attain attempt available avoid base basic basis begin behave belong benefit big bring broad build call capable careful carry case cause
	certain challenge challenging change characterize choice choose claim clarify clear close combine combination come common commonly compare comparison
	compelling complement comprehensive comprise concern conclude conclusion confirm consequence consequent consider considerable
	consist consistent construct contain continue contribute contribution convenient core correspond critical crucial current deal decrease deeper define
	deliver demand demonstrate denote depend derive describe design desire detail detailed determine develop development devise differ different difference difficult
	difficulty discover discuss discussion display distinct drawback drastic easy easier effective effectiveness efficacy effort elegant employ
	enable encounter encourage enhance enjoy ensure entire essential establish evaluate evaluation evidence evident evolve examine example exceed excellent
	exhibit exist expand expect experiment experimental explicit exploit extend extensive extra extreme facilitate factor
	fail failure favorable feasible find focus follow fulfil full fundamental future gain gap give goal great grow guide handle happen
	help hinder hope huge idea ideal identify illustrate impact implication implicit imply important importance impose impossible impressive improve
	improvement incorporate increase indicate individual influence inherent insight inspire interest introduce intuition intuitive investigate
	investigation involve issue key keep lack large larger lead leading leave lend leverage likely limit limitation limited literature look maintain make manner
	mandate maximal mention merit method methodology mitigate modest motivate motivation multiple namely natural necessary need notable notice notion novel
	novelty numerous observe obstacle obtain obvious occur offer open opportunity outcome outline outperform overcome overview 
	paradigm paramount part partial particular pave pay perform performance perspective pertain piece plausible popular pose possess possible
	potential practical practice precise predominant prefer preliminary present presence prevail prevent prevalent previous primary principal prior
	problem proceed produce profound prominent promise promising promote proper propose proposal prove proven provide purpose pursue 
	range rare reach ready realize reasonable receive recognize reduce refer regardless relevant reliance remain remarkable remove render
	report represent require requirement research resolve respond rest result resulting retain reveal rich rigorous role satisfy scarce scenario scope secondary seek
	severe shed share short shortcoming show showcase shown significance significant simple simplify single situation
	small sophisticated special specific specify spur stand standard start step straightforward strategy strength strong stronger struggle study substantial succeed success
	successful suffer suffice sufficient suggest suit suitable superior support surpass surprise surround systematic tackle tailor take talk task technique
	tend thorough topic traditional true try type typical ubiquitous unclear uncover undergo underlie underlying understand undertake
	undesirable unexpected unexplored unified unify unique unprecedented use usage usual utility utilize valid valuable varied variety various vary
	vast verify viable view vital want widely wish work worth write yield
	`).map((word) => stemOf(word))
);

const NO_ADVERBS = new Set(
	words(
		'ally anomaly assembly belly butterfly family fly italy jelly july lily monopoly multiply poly rally reply supply'
	)
);

const isAdverb = (word: string) => word.endsWith('ly') && !NO_ADVERBS.has(word);
