import type { Db } from '#server/db/database.ts';
import { brakeByAddress } from './brake.ts';
import type { BuiltSite } from './built-site.ts';
import { keepAnswers } from './kept-answers.ts';
import { watchPageChanges } from './page-changes.ts';
import { renderingBy } from './rendering.ts';
import { shareRenders } from './renders.ts';
import { refusingTooMuch } from './too-much.ts';
import { answerVisits } from './visits.ts';

interface EdgeSettings {
	db: Db;
	/** Scheme, host and port of every address. */
	origin: string;
	/** Milliseconds, only ever forward. */
	clock: () => number;
	/** Milliseconds that a page may take; see rendering.ts. */
	longestRender?: number;
	/** Milliseconds that a visitor waits for what changed; see page-changes.ts. */
	longestWait?: number;
}

/** Puts what is kept before the site, and keeps it as the database is. */
export function edgeBefore(site: BuiltSite, { db, origin, clock, longestRender, longestWait }: EdgeSettings) {
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
	const changes = watchPageChanges(db, listener, { clock, longestWait });
	const rendering = renderingBy({ site, origin, longest: longestRender });
	const isTooMuch = refusingTooMuch({ rendering, brake: brakeByAddress(), clock });
	return { answers, answer: answerVisits({ site, rendering, changes, answers, renders, isTooMuch, clock }) };
}
