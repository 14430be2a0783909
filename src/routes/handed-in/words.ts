import type { Counts } from '$lib/domain/bundle/bundle';
import { formatNumber } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';

/** What became of a bundle, for whoever brought it: numbers, since the work is somebody else's. */
export function countsText({ taken, already, refused }: Counts): string {
	const done = m.handed_in({
		taken: formatNumber(taken),
		already: formatNumber(already),
		refused: formatNumber(refused)
	});
	return refused > 0 ? `${done} ${m.handed_in_refused()}` : done;
}
