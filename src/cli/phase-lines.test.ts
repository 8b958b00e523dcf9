import { expect, test } from 'vitest';
import { phaseLines } from './phase-lines.ts';
import { counted } from './quantities.ts';

test('each phase of a move has a line of its own', () => {
	const written: string[] = [];
	const phases = phaseLines({ isTTY: false, write: (text: unknown) => written.push(String(text)) > 0 });
	for (const phase of ['copy', 'write', 'check', 'checkCopy', 'load', 'compare'] as const) phases.onPhase(phase);
	expect(written).toHaveLength(6);
	expect(new Set(written).size).toBe(6);
	expect(written).toContain('Checking the copy …\n');
});

test.each([
	[0, '0 seconds'],
	[1, '1 second'],
	[2, '2 seconds'],
	[12_345, '12,345 seconds']
])('%i is counted as one says it', (value, said) => {
	expect(counted(value, 'second')).toBe(said);
});
