import { pageFrom } from '#server/papers/page-number.ts';
import { categoryNamed } from '#server/papers/categories.ts';
import { papersOf } from '#server/papers/papers.ts';
import { listInForm } from '../../../../in-form.ts';

export async function GET({ locals: { db }, params, url }) {
	const { id, name } = await categoryNamed(db, params.category);
	const list = await papersOf(db, { category: id }, pageFrom(url.searchParams));
	return listInForm(params.form, { list, title: name ?? id, path: `/categories/${id}`, db, url });
}
