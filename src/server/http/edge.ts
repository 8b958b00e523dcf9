import type { Db } from '#server/db/database.ts';
import { brakeByAddress } from './brake.ts';
import type { BuiltSite } from './built-site.ts';
import { keepAnswers } from './kept-answers.ts';
import { watchPageChanges } from './page-changes.ts';
import { renderingBy } from './rendering.ts';
import { shareRenders } from './renders.ts';
import { answerVisits } from './visits.ts';

interface EdgeSettings {
	db: Db;
	/** Scheme, host and port of every address. */
	origin: string;
	/** Milliseconds, only ever forward. */
	clock: () => number;
	/** Milliseconds that a page may take; see rendering.ts. */
	longestRender?: number;
}

/** Puts what is kept before the site, and keeps it as the database is. */
export function edgeBefore(site: BuiltSite, { db, origin, clock, longestRender }: EdgeSettings) {
	const answers = keepAnswers();
	const renders = shareRenders(answers, { mayKeep: () => changes.isWatching, clock });
	const listener = {
		changed(subjects: ReadonlySet<string>) {
			answers.dropAllOf(subjects);
			renders.changed(subjects);
		},
		lost() {
			answers.clear();
			renders.lost();
		}
	};
	const changes = watchPageChanges(db, listener, clock);
	const rendering = renderingBy({ site, origin, longest: longestRender });
	const brake = brakeByAddress();
	return { answers, answer: answerVisits({ site, rendering, changes, answers, renders, brake, clock }) };
}
