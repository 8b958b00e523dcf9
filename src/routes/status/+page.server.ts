import { statusPage } from '#server/status/status-page.ts';
import { RenderedHere } from '../../rendered-here.ts';
import { statusOfThisSite } from './site.ts';

/** 200 also while the database is away: what this page says is true then, too. Whether to send requests here, /readyz says. */
export async function load({ locals, setHeaders }) {
	setHeaders({ 'cache-control': 'no-store' });
	return { status: new RenderedHere(statusPage(await statusOfThisSite(locals))) };
}
