import { pageFrom } from '#server/editions/edition-filter.ts';
import { authorNamed, papersOf } from '#server/papers/papers.ts';
import { listInForm } from '../../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const { key, address, name } = await authorNamed(db, params.name);
	const list = await papersOf(db, { nameKey: key }, pageFrom(url.searchParams));
	const path = `/authors/${encodeURIComponent(address)}`;
	return listInForm(params.form, { list, title: `Papers by people named ${name}`, path, origin: url.origin });
}
