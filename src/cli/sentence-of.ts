import { Refused } from '#server/refused.ts';
import { printable, printableLines } from './printable.ts';

/** What a person can mend is said in one sentence; a defect keeps its stack. Either may repeat what stood in a file. */
export function sentenceOf(fault: unknown) {
	const code = (fault as { code?: string } | null)?.code;
	if (fault instanceof Refused || code?.startsWith('ERR_PARSE_ARGS')) return printable((fault as Error).message);
	return printableLines(fault instanceof Error ? (fault.stack ?? fault.message) : String(fault));
}
