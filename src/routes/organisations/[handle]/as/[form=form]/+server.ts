import { pageFrom } from '#server/papers/page-number.ts';
import { organisationNamed } from '#server/organisations/organisations.ts';
import { papersOf } from '#server/papers/papers.ts';
import { listInForm } from '../../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const { handle, name } = await organisationNamed(db, params.handle);
	const list = await papersOf(db, { organisation: handle }, pageFrom(url.searchParams));
	return listInForm(params.form, { list, title: name, path: `/organisations/${handle}`, db, url });
}
