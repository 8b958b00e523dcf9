import { redirect } from '@sveltejs/kit';
import { pageFrom } from '#server/papers/page-number.ts';
import { organisationNamed } from '#server/organisations/organisations.ts';
import { papersOf } from '#server/papers/papers.ts';
import { RenderedHere } from '../../../rendered-here.ts';

export async function load({ locals: { db }, params, url }) {
	const organisation = await organisationNamed(db, params.handle);
	if (organisation.handle !== params.handle) redirect(308, `/organisations/${organisation.handle}${url.search}`);
	return {
		organisation,
		list: new RenderedHere(await papersOf(db, { organisation: organisation.handle }, pageFrom(url.searchParams)))
	};
}
