import type { Db } from '#server/db/database.ts';

declare global {
	namespace App {
		interface Locals {
			db: Db;
			/** When the request came. */
			now: Date;
		}
	}
}
