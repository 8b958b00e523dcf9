import { openDatabase } from '#server/db/connection.ts';
import { memoryOf, rounded, runningDatabase } from '../served.ts';
import { askFts5 } from './beside-fts5.ts';
import { fuzz } from './fuzz.ts';
import { type Answer, answersTo, cpuWithDatabase, p95Of, timesOf } from './measured.ts';
import { type Kind, KINDS, questionsOf } from './questions.ts';
import { untilClosed } from './stock.ts';
import { wordsToAsk } from './strange-queries.ts';

/** Of each kind, asked of a database that has just been started. */
const COLD = 15;

interface Alone {
	/** For the peer's files. */
	folder: string;
	/** Questions of each kind. */
	each: number;
	fuzzSeconds: number;
}

/** One client on the server's side, on a database that has just been started and then on a warm one; FTS5; and the fuzzer. */
export async function oneClient(dataFolder: string, { folder, each, fuzzSeconds }: Alone) {
	const first = await openDatabase({ dataFolder, databaseUrl: null });
	const cold = await questionsOf(first.db, { each: COLD, seed: 1 });
	const questions = await questionsOf(first.db, { each: each, seed: 2 });
	await first.close();
	await untilClosed(dataFolder);
	const { db, close } = await openDatabase({ dataFolder, databaseUrl: null });
	try {
		const cpu = await cpuWithDatabase(dataFolder);
		const answers = {
			cold: await answersTo(db, cold, cpu),
			fresh: await answersTo(db, questions, cpu),
			again: await answersTo(db, questions, cpu)
		};
		const fts5 = await askFts5(db, { folder, questions });
		const fuzzed = await fuzz(db, { words: await wordsToAsk(db), seconds: fuzzSeconds });
		for (const { kind, words } of answers.fresh.filter(({ found }) => found === 0))
			console.error(`found nothing: ${kind} ${JSON.stringify(words)}`);
		for (const failure of fuzzed.failed.slice(0, 10)) console.error(`failed: ${failure}`);
		return {
			rows: Object.keys(KINDS).map((kind) => row(kind as Kind, { ...answers, fts5: fts5.answers })),
			worst: fuzzed.slowest.slice(0, 5).map(({ q, ms }) => rounded({ query: printable(q), length: q.length, ms })),
			failed: fuzzed.failed,
			figures: {
				...figuresOf(answers),
				ratio_to_fts5: p95Of(fts5.answers, 'lexical') / p95Of(answers.fresh, 'lexical'),
				fts5_p95_ms: p95Of(fts5.answers, 'lexical'),
				fts5_build_seconds: fts5.seconds,
				fts5_mb: fts5.mb,
				worst_ms: fuzzed.slowest[0]!.ms,
				worst_seen_ms: fuzzed.worstSeen,
				fuzzed_queries: fuzzed.tried,
				fuzz_failures: fuzzed.failed.length,
				client_database_mb: memoryOf(await runningDatabase(dataFolder)) ?? 0,
				client_mb: memoryOf(process.pid) ?? 0
			}
		};
	} finally {
		await close();
	}
}

interface Answers {
	cold: Answer[];
	fresh: Answer[];
	again: Answer[];
}

function figuresOf({ cold, fresh, again }: Answers) {
	return {
		p95_lexical_ms: p95Of(fresh, 'lexical'),
		p95_fused_ms: p95Of(fresh, 'fused'),
		p95_complete_ms: p95Of(fresh, 'complete'),
		cold_p95_lexical_ms: p95Of(cold, 'lexical'),
		cold_p95_fused_ms: p95Of(cold, 'fused'),
		cold_p95_complete_ms: p95Of(cold, 'complete'),
		again_p95_lexical_ms: p95Of(again, 'lexical'),
		/** Each question is about a paper that is there, in its own words. */
		unanswered: fresh.filter(({ found }) => found === 0).length
	};
}

function row(kind: Kind, { cold, fresh, again, fts5 }: Answers & { fts5: Answer[] }) {
	const { median, p95, worst, cpu } = timesOf(fresh, kind);
	const peer = KINDS[kind] === 'lexical' ? timesOf(fts5, kind).p95 : null;
	return rounded({
		kind,
		median_ms: median,
		p95_ms: p95,
		worst_ms: worst,
		cpu_ms: cpu,
		cold_p95_ms: timesOf(cold, kind).p95,
		again_p95_ms: timesOf(again, kind).p95,
		fts5_p95_ms: peer,
		ratio: peer && peer / p95
	});
}

/** The beginning of a query on one line of a table, signs that would move it replaced. */
function printable(q: string) {
	return q.slice(0, 80).replace(/[^\p{L}\p{N}\p{P}\p{S} ]|\p{Lo}/gu, '·');
}
