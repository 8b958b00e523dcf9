import { expect, test } from 'vitest';
import { sentenceEnds, sentencesOf } from './sentences.ts';

/** A bar stands where a sentence ends. */
const TABLE = [
	'One sentence.',
	'No stop at the end',
	'We study masks.|They are hard.',
	'Is it so?|It is!|We show it.',
	'We use cues, e.g. depth, i.e. Depth maps, to segment.|It works.',
	'We follow Smith et al. (2020) and Lee et al. [3].|We improve on both.',
	'This was shown by Smith et al.|We extend it.',
	'As Fig. 3 and Eq. (2) of Sec. IV show, Fig. A is right.|Then it ends.',
	'Masks vs. Boxes, cf. Table 2, approx. 3 of them.|Boxes win.',
	'J. Smith, A. B. Lee and D.-H. Kim proved it.|K. Ito did not.',
	'On E. coli and S. aureus cells.|We grow both.',
	'We get 3.5 of 4.0 points with v2.0 and GPT-4.1.|It is 2.5x faster.',
	'It rests on Theorem 3.|For n = 4.|This is new.',
	'A map f: X → Y with x > 0.|Then f is open.',
	'Dr. Who and Prof. X met Mr. Y at St. Mary.|They spoke.',
	'We use C, C++, etc. for speed.|It helps.',
	'We use C, C++, etc.|This helps.',
	'Results in Phys. Rev. Lett. 12 and Ann. Inst. H. Poincaré Anal. Non Linéaire agree.|We go on.',
	'It holds a.e. in Ω and a.s. for W.|We prove it.',
	'"Is this a mask?"|We ask "why."|Nobody knows.',
	'We find two things: (i) It holds.|(ii) It is sharp.',
	'Context.|Stars form.|Aims.|We count them.',
	'It fails without spaces.|However, we split it.',
	'With D. melanogaster w.r.t. Time.|In the U.S. Army it is used.',
	'We propose X.|iPhones and mRNA follow.',
	'In 2020.|In 2021 it grew.'
];

test.each(TABLE)('%s', (marked) => {
	const sentences = marked.split('|');
	const isJoined = marked.includes('without spaces');
	expect(sentencesOf(sentences.join(isJoined ? '' : ' '))).toEqual(sentences);
});

test('65,536 stops are read at once', () => {
	const before = performance.now();
	for (const stops of ['.', '?', '!)', '."', '.)) ']) sentenceEnds(stops.repeat(65_536 / stops.length) + 'a');
	expect(performance.now() - before).toBeLessThan(500);
});
