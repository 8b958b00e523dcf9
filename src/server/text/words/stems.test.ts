import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stemOf } from './stems.ts';

describe('one stem have', () => {
	test.each([
		// Forms of a word.
		'learn learns learned learning',
		'train trained training trains',
		'generate generated generative generation generators',
		'bias biases biased biasing',
		'focus focused focuses focusing focussed foci',
		'lens lenses',
		'virus viruses',
		// British and American.
		'colour color colours coloured',
		'behaviour behavior behavioural behaviors',
		'neighbourhood neighborhood neighborhoods',
		'tumour tumor tumours',
		'optimise optimize optimisation optimization optimising optimiser optimizers',
		'generalise generalize generalisation generalizing',
		'generalisability generalizability',
		'regularisation regularization regularised',
		'summarise summarize summarisation',
		'maximise maximize maximising',
		'incentivise incentivize',
		'modelling modeling modelled modeled model',
		'labelled labeled labelling labels',
		'signalling signaling',
		'fuelled fueled',
		'centre center centres centred centered centring centering',
		'fibre fiber fibres fibers',
		'metre meter metres',
		'nanometre nanometer',
		'analyse analyze analysed analyzing analysis analyses analyser',
		'catalogue catalog catalogues cataloguing',
		'dialogue dialog dialogues',
		'grey gray',
		'greyscale grayscale',
		'defence defense',
		'licence license licences licensed',
		'practise practice practising',
		'programme program programmes',
		'anaemia anemia',
		'haemoglobin hemoglobin',
		'leukaemia leukemia',
		'paediatric pediatric',
		'oestrogen estrogen',
		'oedema edema',
		'foetal fetal',
		'anaesthesia anesthesia',
		'aesthetic esthetic',
		'manoeuvre maneuver manoeuvres',
		'sulphur sulfur',
		'artefacts artifacts artefact',
		'sceptical skeptical',
		'judgement judgment',
		'usable useable',
		'skilful skillful',
		'counsellor counselor',
		// Irregular plurals.
		'matrix matrices matrixes',
		'submatrix submatrices',
		'vertex vertices',
		'index indices indexes',
		'hypothesis hypotheses hypothesize hypothesise',
		'synthesis syntheses synthesize synthesised',
		'diagnosis diagnoses diagnosed',
		'basis bases',
		'axis axes',
		'criterion criteria',
		'phenomenon phenomena',
		'automaton automata',
		'polyhedron polyhedra',
		'spectrum spectra',
		'maximum maxima',
		'optimum optima',
		'equilibrium equilibria',
		'formula formulae formulas',
		'supernova supernovae',
		'nucleus nuclei',
		'stimulus stimuli',
		'radius radii',
		'modulus moduli',
		'corpus corpora',
		'genus genera',
		'torus tori',
		'taxon taxa',
		'child children',
		'women woman'
	])('%s', (line) => {
		const [first, ...others] = line.split(' ');
		for (const other of others) expect([other, stemOf(other)]).toEqual([other, stemOf(first!)]);
	});
});

test.each([
	'general generative generic',
	'object objective',
	'position positive',
	'community communication',
	'university universal',
	'experience experiment',
	'mechanics mechanism',
	'transform transformer',
	'critic critical',
	'activation activity active',
	'digit digital',
	'several severe',
	'news new',
	'noise noisy',
	'our or',
	'four for',
	'precise price',
	'data date',
	'bases base',
	'gpus gpu focus',
	'rogue rog',
	'lattice lattix'
])('each has a stem of its own: %s', (line) => {
	const words = line.replace('gpus gpu', 'gpu').split(' ');
	expect(new Set(words.map(stemOf)).size).toBe(words.length);
});

test.each([
	['noise', 'nois'],
	['denoising', 'denois'],
	['precise', 'precis'],
	['exercise', 'exercis'],
	['supervised', 'supervis'],
	['comprises', 'compris'],
	['pairwise', 'pairwis'],
	['promising', 'promis'],
	['expertise', 'expertis'],
	['source', 'sourc'],
	['contour', 'contour'],
	['genre', 'genr'],
	['gpus', 'gpu'],
	['lattices', 'lattic'],
	['nas', 'nas']
])('%s is no British spelling and no irregular plural: %s', (word, stem) => {
	expect(stemOf(word)).toBe(stem);
});

test.each(['gpt4', '3d', '2024', 'иванов', '图像', 'λογοσ', 'ab', ''])('%j stays', (word) => {
	expect(stemOf(word)).toBe(word);
});

test('a stem is of small letters, and no longer than its word by more than two', () => {
	fc.assert(
		fc.property(fc.stringMatching(/^[a-z]{1,64}$/), (word) => {
			expect(stemOf(word)).toMatch(/^[a-z]+$/);
			expect(stemOf(word).length).toBeLessThanOrEqual(word.length + 2);
		}),
		{ numRuns: 2000 }
	);
});

test('the names that every object of JavaScript has are words like others', () => {
	for (const word of ['constructor', 'valueof', 'tostring']) expect(stemOf(word)).toMatch(/^[a-z]+$/);
});
