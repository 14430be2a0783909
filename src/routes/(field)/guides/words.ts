import type { Guide } from '$lib/domain/guide';
import { LADDER } from '$lib/domain/ladder';
import { m } from '$lib/i18n/paraglide/messages';
import { rungName } from '../households/[id]/ladder-words';
import { word } from '../words';

/** What a card is about: the service, or the rung with its number. */
export function guideTitle(
	{ list, code }: Pick<Guide, 'list' | 'code'>,
	inWords: typeof word = word
): string {
	if (list === 'service') return inWords('service', code);
	const rung = LADDER.find((one) => String(one.rung) === code)?.rung ?? 0;
	return m.guide_rung({ rung: code, name: rungName(rung) });
}
