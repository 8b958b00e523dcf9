import { defineParams } from '@sveltejs/kit/params';

const when = (pattern: RegExp) => (param: string) => (pattern.test(param) ? param : undefined);

/** What an address part may look like; whether such a day or paper exists is for the product to say. */
export const params = defineParams({
	day: when(/^\d{4}-\d{2}-\d{2}$/),
	week: when(/^\d{4}-W\d{2}$/),
	month: when(/^\d{4}-\d{2}$/),
	span: when(/^(date|week|month)$/),
	form: when(/^(json|atom|bib|ris|csl\.json)$/)
});
