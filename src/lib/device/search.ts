import type { Household } from '../domain/household';
import { fold, matches } from '../domain/text';
import type { HouseholdCard } from './cards';

/** The households whose label has every word of a query, as typed; in the order given. */
export function search(cards: HouseholdCard[], query: string): HouseholdCard[] {
	return cards.filter(({ household }) => matches(foldedLabel(household), query));
}

/** Folding is the dear part, and labels seldom change. */
function foldedLabel(household: Household): string {
	const known = folded.get(household) ?? fold(household.label);
	folded.set(household, known);
	return known;
}

const folded = new WeakMap<Household, string>();
