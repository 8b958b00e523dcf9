import { expect, test } from 'vitest';
import { nightlyName, outdated } from './nightly.ts';

test.each([
	['03:30', '2026-11-24T03:30:00Z', 'broadsheet-2026-11-24-0330.backup'],
	['03:30', '2026-11-24T03:31:20Z', 'broadsheet-2026-11-24-0330.backup'],
	// The database's clock is a little before ours.
	['03:30', '2026-11-24T03:29:58Z', 'broadsheet-2026-11-24-0330.backup'],
	// Made up for after a night without power.
	['03:30', '2026-11-24T14:05:00Z', 'broadsheet-2026-11-24-0330.backup'],
	['03:30', '2026-11-24T02:00:00Z', 'broadsheet-2026-11-23-0330.backup'],
	['23:59', '2026-11-24T00:00:30Z', 'broadsheet-2026-11-23-2359.backup'],
	['00:00', '2026-11-23T23:59:59Z', 'broadsheet-2026-11-24-0000.backup'],
	['00:00', '2027-01-01T00:10:00Z', 'broadsheet-2027-01-01-0000.backup']
])('the backup of %s that is made at %s is called %s', (at, now, name) => {
	expect(nightlyName(at, new Date(now))).toBe(name);
});

const nameOf = (date: string) => `broadsheet-${date}-0330.backup`;

test.each([
	['two are kept', 2, ['2026-11-22', '2026-11-23', '2026-11-24'], '2026-11-24', ['2026-11-22']],
	[
		'the order of the names in the folder does not matter',
		1,
		['2026-11-24', '2026-11-22'],
		'2026-11-24',
		['2026-11-22']
	],
	['there are fewer', 7, ['2026-11-23', '2026-11-24'], '2026-11-24', []],
	['a clock is in the past', 2, ['1970-01-01', '2026-11-22', '2026-11-23'], '1970-01-01', []],
	['a clock was in the past', 2, ['1970-01-01', '2026-11-23', '2026-11-24'], '2026-11-24', ['1970-01-01']],
	['a clock was in the future', 2, ['2026-11-23', '2026-11-24', '2031-01-01', '2031-01-02'], '2026-11-24', []],
	['a clock was ahead by a day', 2, ['2026-11-23', '2026-11-24', '2026-11-25'], '2026-11-24', ['2026-11-23']],
	['there is no such day', 1, ['2026-13-45', '2026-11-24'], '2026-11-24', []]
])('what is removed when %s', (_when, kept, dates, made, gone) => {
	const now = new Date(`${made}T03:31:00Z`);
	expect(outdated(dates.map(nameOf), { made: nameOf(made), kept, now })).toEqual(gone.map(nameOf));
});

test('a clock that was ahead for some nights leaves as many good backups as ever once it is right', () => {
	let there: string[] = [];
	const nights = (first: string, count: number) => {
		for (let night = 0; night < count; night += 1) {
			const now = new Date(Date.parse(`${first}T03:31:00Z`) + night * 24 * 3_600_000);
			const made = nightlyName('03:30', now);
			const gone = outdated((there = [...there, made]), { made, kept: 7, now });
			there = there.filter((name) => !gone.includes(name));
		}
	};
	nights('2026-11-01', 10);
	nights('2099-01-01', 8);
	nights('2026-11-19', 20);
	expect(there.filter((name) => name.includes('2026-'))).toEqual(
		[2, 3, 4, 5, 6, 7, 8].map((day) => nameOf(`2026-12-0${day}`))
	);
	// They cost room until somebody removes them, and no good one.
	expect(there.filter((name) => name.includes('2099-'))).toHaveLength(7);
});

test('only whole nightly backups are counted and removed', () => {
	const others = ['mine.backup', `${nameOf('2026-11-20')}.71.unfinished`, 'broadsheet-2026-11-20.backup', 'notes.txt'];
	expect(
		outdated([...others, nameOf('2026-11-24')], {
			made: nameOf('2026-11-24'),
			kept: 1,
			now: new Date('2026-11-24T03:31:00Z')
		})
	).toEqual([]);
});
