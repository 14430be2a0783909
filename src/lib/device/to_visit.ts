import type { Day } from '../domain/day';
import { toVisit, type Call } from '../domain/to_visit';
import type { HouseholdCard } from './cards';
import type { Memory } from './memory';
import { waitingHouseholds } from './requests';

/** A household to go to, and why. */
export type Door = { card: HouseholdCard; call: Call };

/** Where this person should go today, the first first. */
export function doorsOf(memory: Memory, cards: HouseholdCard[], day: Day): Door[] {
	const asked = waitingHouseholds(memory);
	const candidates = cards.map((card) => ({
		card,
		household: card.household,
		reached: card.reached,
		visits: memory.visitsOf(card.household.id),
		requested_on: asked.get(card.household.id) ?? null
	}));
	return toVisit(candidates, memory.person_id, day);
}
