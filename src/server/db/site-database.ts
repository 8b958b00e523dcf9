import { config } from '#server/config.ts';
import { openDatabase, type OpenDatabase } from './connection.ts';

let opening: Promise<OpenDatabase> | null = null;

/** The database of this process, opened by whoever asks first: the web, the command line and the worker share one pool. */
export function siteDatabase(): Promise<OpenDatabase> {
	opening ??= openDatabase(config).catch((fault) => {
		opening = null;
		throw fault;
	});
	return opening;
}
