import { redirect } from '@sveltejs/kit';

/** Hugging Face's addresses of a day, a week and a month lead to ours. */
export function GET({ params }) {
	redirect(308, `/${encodeURIComponent(params.when)}`);
}
