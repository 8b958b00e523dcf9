import { hash } from 'node:crypto';
import type { ReadEntry } from './entry.ts';

/** Where a file said something of the same paper or day before, and whether it said the very same. */
export interface Earlier {
	line: number;
	isSame: boolean;
}

/** Watches one file for what it says twice. */
export function firstSeen() {
	const seen = new Map<string, { line: number; said: string }>();
	return (entry: ReadEntry): Earlier | null => {
		const subject = subjectOf(entry);
		const said = hash('sha256', JSON.stringify(entry.record), 'base64').slice(0, 12);
		const first = seen.get(subject);
		if (!first) seen.set(subject, { line: entry.line.number, said });
		return first ? { line: first.line, isSame: first.said === said } : null;
	};
}

function subjectOf(entry: ReadEntry) {
	if (entry.kind === 'paper') return entry.record.key;
	return entry.kind === 'feature' ? `${entry.record.day} ${entry.record.key}` : entry.record.day;
}
