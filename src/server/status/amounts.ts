const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time in one unit, as it is said: 5,400,000 → "90 minutes", 172,800,000 → "2 days". */
export function span(ms: number): string {
	const size = Math.abs(ms);
	if (size < SECOND) return 'less than a second';
	if (size < 2 * MINUTE) return counted(size / SECOND, 'second');
	if (size < 2 * HOUR) return counted(size / MINUTE, 'minute');
	if (size < 2 * DAY) return counted(size / HOUR, 'hour');
	return counted(size / DAY, 'day');
}

/** A short length of time: 0.4 → "0.4 ms", 1,234 → "1.2 s". */
export function milliseconds(ms: number): string {
	if (ms >= 1_000) return `${(ms / 1_000).toFixed(1)} s`;
	return `${ms >= 10 ? Math.round(ms) : Number(ms.toFixed(1))} ms`;
}

/** Bytes in the decimal units of disks, three figures at most: "735 MB", "1.3 GB". */
export function size(bytes: number): string {
	const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
	const unit = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, bytes)) / 3)));
	const amount = bytes / 1_000 ** unit;
	return `${amount < 10 && unit > 0 ? Number(amount.toFixed(1)) : Math.round(amount)} ${units[unit]}`;
}

export function counted(amount: number, noun: string): string {
	const whole = Math.floor(amount);
	return `${whole.toLocaleString('en-GB')} ${noun}${whole === 1 ? '' : 's'}`;
}

/** "24 November 2026, 13:05 UTC". */
export function instant(at: Date): string {
	return `${dayOf.format(at)}, ${timeOf.format(at)} UTC`;
}

const dayOf = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const timeOf = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'UTC' });

/** The name of a job as words: `renderPapersAgain` → "render papers again". */
export function jobInWords(name: string): string {
	return name
		.replace(/[-_.]+/g, ' ')
		.replace(/(?<=[a-z0-9])(?=[A-Z])/g, ' ')
		.toLowerCase();
}
