import { pageFrom } from '#server/papers/page-number.ts';
import { authorNamed, papersOf } from '#server/papers/papers.ts';
import { listInForm } from '../../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const { key, path, name } = await authorNamed(db, params.name);
	const list = await papersOf(db, { nameKey: key }, pageFrom(url.searchParams));
	return listInForm(params.form, { db, url, list, title: `Papers by people named ${name}`, path });
}
