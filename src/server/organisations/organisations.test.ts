import { sql } from 'kysely';
import { expect } from 'vitest';
import { databaseTest as test } from '#server/db/test-database.ts';
import { organisationNamed, organisationsLike } from './organisations.ts';
import { recordOrganisations } from './record-organisations.ts';

const kaust = { handle: 'KAUST', name: 'King Abdullah University' };

test('handles that differ in capitals alone are of one organisation, called as it was first', async ({ db }) => {
	const first = await recordOrganisations(db, [kaust]);
	const later = await recordOrganisations(db, [
		{ handle: 'kaust', name: 'Another name' },
		{ handle: 'Kaust', name: 'A third' }
	]);
	const id = first.get('KAUST');
	expect(later).toEqual(new Map(['kaust', 'Kaust'].map((handle) => [handle, id])));
	expect(await organisationNamed(db, 'kAUST')).toEqual(kaust);
	await expect(
		db.insertInto('organisation').values({ handle: 'kaust', name: 'Again' }).execute()
	).rejects.toMatchObject({ code: '23505' });
});

test('an organisation that is not known is refused with those spelled alike', async ({ db }) => {
	await recordOrganisations(db, [kaust, { handle: 'naver-ai', name: 'Naver' }]);
	await expect(organisationNamed(db, 'naver-a1')).rejects.toThrow(/“naver-a1”. Spelled alike: Naver \(naver-ai\)\.$/);
	await expect(organisationNamed(db, 'king abdulah universty')).rejects.toThrow('King Abdullah University (KAUST).');
	await expect(organisationNamed(db, 'zzz')).rejects.toThrow(/“zzz”\.$/);
});

test('a spelling is looked up by the index, not by reading every organisation', async ({ db }) => {
	await sql`set local enable_seqscan = off`.execute(db);
	const plan = await organisationsLike(db, 'naver').explain<{ 'QUERY PLAN': string }>();
	expect(plan.map((row) => row['QUERY PLAN']).join('\n')).toContain('organisation_alike');
});
