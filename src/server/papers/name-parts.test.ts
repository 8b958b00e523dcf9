import { expect, test } from 'vitest';
import { namePartsOf } from './name-parts.ts';

test.each([
	['Carlos Hinojosa', 'Carlos', '', 'Hinojosa', ''],
	['J. R. R. Tolkien', 'J. R. R.', '', 'Tolkien', ''],
	['Ludwig van Beethoven', 'Ludwig', 'van', 'Beethoven', ''],
	['Aäron van den Oord', 'Aäron', 'van den', 'Oord', ''],
	['Fernando de la Torre', 'Fernando', 'de la', 'Torre', ''],
	["Gerard 't Hooft", 'Gerard', "'t", 'Hooft', ''],
	['José Ortega y Gasset', 'José', '', 'Ortega y Gasset', ''],
	['John Q. Smith Jr.', 'John Q.', '', 'Smith', 'Jr.'],
	['John Smith, Jr.', 'John', '', 'Smith', 'Jr.'],
	['Henry Jones III', 'Henry', '', 'Jones', 'III'],
	['Anna Müller-Lüdenscheidt', 'Anna', '', 'Müller-Lüdenscheidt', ''],
	['Linxi "Jim" Fan', 'Linxi "Jim"', '', 'Fan', ''],
	['Vicenţiu D. Rădulescu,', 'Vicenţiu D.', '', 'Rădulescu', ''],
	['bell hooks', 'bell', '', 'hooks', ''],
	// A capital Van is a particle in Ghent and a middle name in Hanoi.
	['Luc Van Gool', 'Luc Van', '', 'Gool', ''],
	['The Anh Han', 'The Anh', '', 'Han', '']
])('%s is cut', (name, given, particle, family, suffix) => {
	expect(namePartsOf(name)).toEqual({ given, particle, family, suffix });
});

test.each([
	'NVIDIA',
	'Malikussaid',
	'Euclid Collaboration',
	'the LIGO and Virgo Collaboration',
	'Team Hunyuan3D',
	'Xiaomi LLM-Core Team',
	'Grégory Faye (IMT)',
	'Doe, John',
	'others',
	'III',
	'A {B} C'
])('%s stays whole', (name) => {
	expect(namePartsOf(name)).toEqual({ literal: name });
});

test.each(['', ' ', ':', '12', ','])('%j is no name', (name) => {
	expect(namePartsOf(name)).toBeNull();
});
