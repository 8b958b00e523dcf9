import { editionPage } from '#server/editions/edition-page.ts';
import { editionToShow } from '#server/editions/editions.ts';
import { Refused } from '#server/refused.ts';
import { inForm } from '../../../in-form.ts';

/** The papers of the latest edition: the one feed to follow. */
export async function GET({ locals: { db, now }, params, url }) {
	if (params.form !== 'atom') throw new Refused('not_found', 'The feed is had as Atom: /feed.atom.');
	const day = await editionToShow(db, now);
	const { edition } = await editionPage(db, { day, filter: { category: null, withCode: false, page: 1 }, now });
	return inForm('atom', {
		title: 'The papers of each day',
		path: '/',
		self: '/feed.atom',
		db,
		url,
		papers: edition.ranked,
		json: () => null
	});
}
