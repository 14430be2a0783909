import { standingOf, type Standing } from '../domain/ladder';
import type { HouseholdCard } from './cards';
import type { Memory } from './memory';

/** Where a household stands on the ladder. A card is made anew whenever anything of it changes. */
export function standingOfCard(memory: Memory, card: HouseholdCard): Standing {
	const { household, merged } = card;
	const known =
		standings.get(card) ?? standingOf(household, merged, memory.signupsOf(household.id));
	standings.set(card, known);
	return known;
}

const standings = new WeakMap<HouseholdCard, Standing>();
