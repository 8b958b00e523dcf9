import type { Db } from '#server/db/database.ts';
import { mean } from '../relevance/ndcg.ts';
import { cpuSeconds, runningDatabase } from '../served.ts';
import { quantile } from '../statistics.ts';
import { type Kind, KINDS, type Question } from './questions.ts';

export interface Answer {
	kind: Kind;
	words: string;
	ms: number;
	/** Milliseconds of the processor, of this process and of the database, in steps of ten: good for the mean of many. */
	cpu: number;
	found: number;
}

/** One client, one question after the other. */
export async function answersTo(
	db: Db,
	questions: readonly Question[],
	cpuSpent = cpuOfThisProcess
): Promise<Answer[]> {
	const answers: Answer[] = [];
	for (const { kind, words, ask } of questions) {
		const [began, before] = [performance.now(), cpuSpent()];
		const found = await ask(db);
		answers.push({ kind, words, ms: performance.now() - began, cpu: cpuSpent() - before, found });
	}
	return answers;
}

function cpuOfThisProcess() {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1000;
}

/** What this process and the database of the folder have spent, in milliseconds. */
export async function cpuWithDatabase(dataFolder: string) {
	const database = await runningDatabase(dataFolder);
	return () => cpuOfThisProcess() + cpuSeconds(database) * 1000;
}

export type Sort = (typeof KINDS)[Kind];

/** Over all kinds that are of this sort. */
export function p95Of(answers: readonly Answer[], sort: Sort) {
	return quantile(
		answers.filter(({ kind }) => KINDS[kind] === sort).map(({ ms }) => ms),
		0.95
	);
}

export function timesOf(answers: readonly Answer[], one: Kind) {
	const times = answers.filter(({ kind }) => kind === one).map(({ ms }) => ms);
	const cpu = answers.filter(({ kind }) => kind === one).map((answer) => answer.cpu);
	return { median: quantile(times, 0.5), p95: quantile(times, 0.95), worst: quantile(times, 1), cpu: mean(cpu) };
}
