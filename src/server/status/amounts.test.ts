import { expect, test } from 'vitest';
import { jobInWords, milliseconds, size, span } from './amounts.ts';
import { pageInWords } from './slow-lines.ts';
import { withoutPlaces } from './without-places.ts';

const HOUR = 3_600_000;

test.for<[of: string, said: string, expected: string]>([
	['no time', span(0), 'less than a second'],
	['a second', span(1_000), '1 second'],
	['a minute and a second', span(61_000), '61 seconds'],
	['an hour and a half', span(1.5 * HOUR), '90 minutes'],
	['four days and four hours', span(100 * HOUR), '4 days'],
	['three days the other way', span(-72 * HOUR), '3 days'],
	['nothing', size(0), '0 bytes'],
	['nearly a kilobyte', size(999), '999 bytes'],
	['a kilobyte', size(1_000), '1 kB'],
	['twelve megabytes', size(12_345_678), '12 MB'],
	['more than a gigabyte', size(1_270_000_000), '1.3 GB'],
	['a short moment', milliseconds(0.31), '0.3 ms'],
	['a moment', milliseconds(10.4), '10 ms'],
	['more than a second', milliseconds(1_204), '1.2 s'],
	['a job', jobInWords('makeBackup'), 'make backup'],
	['a job with other habits', jobInWords('send-mail_now'), 'send mail now'],
	['a page', pageInWords('/'), 'The front page'],
	['its other form', pageInWords('/archive/as/[form=form]'), 'The archive, in another form'],
	['a page without a name', pageInWords('/new'), '/new']
])('%s is said as it is said', ([, said, expected]) => {
	expect(said).toBe(expected);
});

test.for([
	["EACCES: permission denied, open '/srv/broadsheet/backups/a.backup'", "EACCES: permission denied, open '…'"],
	[
		'No PostgreSQL server answers at db.example.org:5432/papers; start it.',
		'No PostgreSQL server answers at …; start it.'
	],
	['connect ECONNREFUSED 192.0.2.7:5432', 'connect ECONNREFUSED …'],
	['connect ECONNREFUSED ::1:5432', 'connect ECONNREFUSED …'],
	['password authentication failed for user "anna"', 'password authentication failed for user …'],
	['cannot reach postgres://anna:secret@db/papers now', 'cannot reach … now'],
	['At 03:30:00, 12 MB are free, 65 MB are needed.', 'At 03:30:00, 12 MB are free, 65 MB are needed.']
])('a page for everybody shows no place of the machine: %s', ([sentence, shown]) => {
	expect(withoutPlaces(sentence!)).toBe(shown);
});
