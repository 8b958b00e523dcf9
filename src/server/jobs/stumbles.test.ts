import { expect, test, vi } from 'vitest';
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
