import { expect, test, vi } from 'vitest';
import { Refused } from '#server/refused.ts';
import { stumblesSaid } from './stumbles.ts';

test('a queue that stumbles all the time says so once a minute', () => {
	const lines: string[] = [];
	const written = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
	let now = 0;
	const say = stumblesSaid(() => now);
	for (; now < 120_000; now += 1_000) say(new Error('The disk is full.'));
	written.mockRestore();
	expect(lines.map((line) => (JSON.parse(line) as { unsaid?: number }).unsaid)).toEqual([undefined, 59]);
});

test('a refusal is told in its words alone', () => {
	const lines: string[] = [];
	const written = vi.spyOn(process.stderr, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
	stumblesSaid()(new Refused('unavailable', 'The disk is full.'));
	written.mockRestore();
	expect(JSON.parse(lines[0]!)).toMatchObject({ message: 'The queue stumbled', reason: 'The disk is full.' });
	expect(lines[0]).not.toContain('stack');
});
