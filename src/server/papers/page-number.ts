import { Refused } from '#server/refused.ts';

/** Reads which page of a list is asked for, from 1. */
export function pageFrom(query: URLSearchParams): number {
	const page = query.get('page') ?? '1';
	if (!/^[1-9]\d{0,4}$/.test(page)) throw new Refused('invalid', 'Pages count from 1.');
	return Number(page);
}
