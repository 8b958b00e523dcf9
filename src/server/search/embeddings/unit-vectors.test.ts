import { sql } from 'kysely';
import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { cosineWithSent, unitVector, vectorText } from './unit-vectors.ts';

test('a vector is compared with one that the database sends as exactly as a real is', async ({ db }) => {
	const [one, other] = [0, 1].map((turn) =>
		unitVector(Array.from({ length: 768 }, (_, at) => Math.sin(at * (at + 3) + turn / 2)))
	);
	const { rows } = await sql<{ sent: Buffer }>`select array_send(${vectorText(one!)}::real[]) as sent`.execute(db);
	const cosine = one!.reduce((sum, number, at) => sum + number * other![at]!, 0);
	expect(cosineWithSent(one!, rows[0]!.sent)).toBeCloseTo(1, 6);
	expect(cosineWithSent(other!, rows[0]!.sent)).toBeCloseTo(cosine, 6);
	expect(cosineWithSent(other!.slice(1), rows[0]!.sent), 'of another size').toBeNull();
});
