import {
	type EditionRecord,
	editionRecordOf,
	type FeatureRecord,
	featureRecordOf
} from '#server/editions/edition-record.ts';
import { fromArxivMetadata, isArxivMetadata } from '#server/papers/arxiv-metadata.ts';
import { type PaperRecord, paperRecordOf } from '#server/papers/paper-record.ts';
import { isObject, type JsonObject } from '#server/papers/record-fields.ts';
import { Refused } from '#server/refused.ts';
import { reasonOf } from './isolating.ts';
import type { Line } from './lines.ts';

/** What a line may be of. */
export const kinds = ['paper', 'feature', 'edition'] as const;
export type Kind = (typeof kinds)[number];

export interface PaperEntry {
	kind: 'paper';
	line: Line;
	record: PaperRecord;
}

export interface FeatureEntry {
	kind: 'feature';
	line: Line;
	record: FeatureRecord;
}

export interface EditionEntry {
	kind: 'edition';
	line: Line;
	record: EditionRecord;
}

export type ReadEntry = PaperEntry | FeatureEntry | EditionEntry;

/** What a line says, or why it is set aside. */
export type Entry = ReadEntry | SetAside;

export interface SetAside {
	kind: 'set aside';
	/** Null: it could not be told. */
	as: Kind | null;
	line: Line;
	reason: string;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Reads a line: a pure rule. Null for a blank one. */
export function entryOf(line: Line): Entry | null {
	let as: Kind | null = null;
	try {
		if (line.fault) throw new Refused('invalid', line.fault);
		const text = textOf(line);
		if (text.trim() === '') return null;
		const json = jsonOf(text);
		as = kindOf(json);
		return readAs(as, json, line);
	} catch (error) {
		const reason = reasonOf(error);
		if (reason === null) throw error;
		return { kind: 'set aside', as, line, reason };
	}
}

/** By its fields: an edition says `edition`, a featured paper its `date`, a paper has a title and an abstract. */
function kindOf(json: JsonObject): Kind {
	if ('edition' in json) return 'edition';
	if ('abstract' in json) return 'paper';
	if ('date' in json) return 'feature';
	if ('title' in json) return 'paper';
	const reason = 'is neither a paper (id, title, abstract) nor a featured paper (date, id, position) nor an edition';
	throw new Refused('invalid', reason);
}

function readAs(kind: Kind, json: JsonObject, line: Line): ReadEntry {
	if (kind === 'edition') return { kind, line, record: editionRecordOf(json) };
	if (kind === 'feature') return { kind, line, record: featureRecordOf(json) };
	return { kind, line, record: paperRecordOf(isArxivMetadata(json) ? fromArxivMetadata(json) : json) };
}

function textOf({ bytes }: Line) {
	try {
		return utf8.decode(bytes);
	} catch {
		throw new Refused('invalid', 'is not valid UTF-8');
	}
}

function jsonOf(text: string): JsonObject {
	const json = parsed(text);
	if (!isObject(json)) throw new Refused('invalid', 'is not a JSON object');
	return json;
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		throw new Refused('invalid', `is not JSON: ${(error as Error).message}`);
	}
}
