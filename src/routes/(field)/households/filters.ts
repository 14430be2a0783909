import { phone } from '$lib/device/phone.svelte';
import { standingOfCard } from '$lib/device/standing';
import { doorsOf, type Door } from '$lib/device/to_visit';
import { today } from '$lib/domain/day';
import { m } from '$lib/i18n/paraglide/messages';

type Card = (typeof phone.households)[number];

/** Which households the list shows, by what is to be done there. */
export const FILTERS = ['all', 'to_visit', 'not_reached', 'come_back', 'priority'] as const;
export type Filter = (typeof FILTERS)[number];

export const filterLabels: Record<Filter, () => string> = {
	all: m.household_all,
	to_visit: m.to_visit,
	not_reached: m.household_not_reached,
	come_back: m.household_come_back,
	priority: m.household_priority_short
};

/** A household in the list, with the reason to go there where that is what was asked for. */
export type Listed = { card: Card; door: Door | null };

/** Every household that a filter lets through: by label, or in the order in which to go there. */
export function filtered(cards: Card[], filter: Filter): Listed[] {
	if (filter === 'to_visit' && phone.work)
		return doorsOf(phone.work.device, cards, today()).map((door) => ({ card: door.card, door }));
	return cards.filter(passes[filter]).map((card) => ({ card, door: null }));
}

/** Where a household stands on the ladder; 0 also when that is not known. */
export function rungOf(card: Card): number {
	return phone.work ? standingOfCard(phone.work.device, card).rung : 0;
}

const passes: Record<Filter, (card: Card) => boolean> = {
	all: () => true,
	to_visit: () => true,
	not_reached: (card) => !card.reached,
	come_back: ({ last_visit: last }) => last?.outcome === 'come_back' || !!last?.follow_up_on,
	priority: ({ household }) => household.priority
};
