import type { OpenMonth, OpenWard } from '$lib/data/open_answers';
import { formatNumber, formatShare } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';

type Figures = Pick<OpenMonth | OpenWard, 'reached' | 'households' | 'coverage' | 'signed_up'>;

/** 45,7%; null where it is withheld. Without a number of households there is none to be had. */
export function coverageText({ reached, coverage }: Figures): string | null {
	return reached === null ? null : formatShare(coverage);
}

/** 1.234 / 4.300 hộ; null where it is withheld. */
export function reachedText({ reached, households }: Figures): string | null {
	if (reached === null) return null;
	if (households === null) return m.open_reached({ reached: formatNumber(reached) });
	return m.open_reached_of({
		reached: formatNumber(reached),
		households: formatNumber(households)
	});
}

export function signedUpText({ signed_up }: Figures): string | null {
	return signed_up === null ? null : formatNumber(signed_up);
}
