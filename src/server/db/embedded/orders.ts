import type { Worker } from 'node:worker_threads';
import { Refused } from '../../refused.ts';
import type { Copied } from './control.ts';

/** What the main thread gives to the thread that runs PostgreSQL and serves its clients. */
export interface WorkerData {
	folder: string;
	socketFolder: string;
	watch: SharedArrayBuffer;
	tally: SharedArrayBuffer;
	/** Milliseconds without a client after which the database closes by itself. */
	linger: number;
}

/** What the main thread asks for. A restart is a close that no client notices: whoever needs the database starts it again. */
export type Order = { order: 'close' | 'restart' } | { order: 'copy'; to: string; id: number };

/** What it is told. */
export type Told =
	| { told: 'ready' | 'closed' }
	| { told: 'copied'; id: number; copied: Copied }
	| { told: 'refused'; id: number; refused: string };

/** Lets the worker copy, and waits for it. When the worker ends meanwhile, so does the process. */
export function copyingIn(worker: Worker) {
	let asked = 0;
	return (to: string) =>
		new Promise<Copied>((resolve, reject) => {
			const id = (asked += 1);
			const hear = (told: Told) => {
				if (!('id' in told) || told.id !== id) return;
				worker.off('message', hear);
				if (told.told === 'copied') resolve(told.copied);
				else reject(new Refused('unavailable', told.refused));
			};
			worker.on('message', hear);
			worker.postMessage({ order: 'copy', to, id } satisfies Order);
		});
}
