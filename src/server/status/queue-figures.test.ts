import { sql } from 'kysely';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '#server/db/connection.ts';
import { testDatabase } from '#server/db/test-database.ts';
import { startQueue } from '#server/jobs/queue.ts';
import { queueFigures } from './queue-figures.ts';

afterEach(async () => {
	await sql`drop schema if exists job cascade`.execute((await testDatabase()).db);
});

test('the queue is counted by name and state, but for the jobs that it has for itself', async () => {
	const { db: worker, address } = await testDatabase();
	expect(await queueFigures(worker)).toEqual([]);
	const { db, executeSql, close } = await openDatabase({ dataFolder: '/nowhere', databaseUrl: address });
	const boss = await startQueue(executeSql, { schedule: false, supervise: false });
	try {
		for (const name of ['mend', 'read']) await boss.createQueue(name, { retryLimit: 0 });
		await sent('mend');
		for (const { id } of await boss.fetch('mend')) await boss.fail('mend', id);
		await sent('read');
		await boss.fetch('read');
		await Promise.all([sent('read'), sent('read'), sent('read', 300)]);
		await sql`update job.job set start_after = now() - interval '20 minutes', created_on = now() - interval '20 minutes'
			where name = 'read' and state = 'created' and start_after <= now()`.execute(db);
		const [mend, read] = await queueFigures(db);
		expect(mend).toMatchObject({ name: 'mend', waiting: 0, later: 0, active: 0, failed: 1, longest_wait: null });
		expect(mend!.last_failed_at!.getTime()).toBeGreaterThan(Date.now() - 60_000);
		expect(read).toMatchObject({ name: 'read', waiting: 2, later: 1, active: 1, failed: 0, last_failed_at: null });
		expect(read!.longest_wait).toBeGreaterThanOrEqual(1_200);
	} finally {
		await boss.stop({ graceful: false });
		await close();
	}

	async function sent(name: string, startAfter = 0) {
		await boss.send(name, {}, { startAfter });
	}
});
