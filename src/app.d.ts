import type { IncomingMessage } from 'node:http';
import type { Db } from '#server/db/database.ts';
import type { Told } from '#server/http/answer.ts';

declare global {
	namespace App {
		interface Locals {
			db: Db;
			/** When the request came. */
			now: Date;
		}
		interface Platform {
			/** What the server in front is told of an answer. */
			told?: Told;
			/** As it came. Pages are shared by visitors, so only what is never kept may look at it. */
			request?: IncomingMessage;
		}
	}
}
