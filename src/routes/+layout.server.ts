import { config } from '#server/config.ts';
import { editionDayAt } from '#server/editions/day.ts';

export function load({ locals: { now }, url }) {
	return { origin: url.origin, today: editionDayAt(now), curatorLine: config.curatorLine };
}
