import { alike, tellingOf, type Telling } from '../domain/alike';
import type { HouseholdCard } from './cards';

const MOST = 3;

/** The households of a group that may be the one with this label; few, in the order given. */
export function alikeOf(
	cards: HouseholdCard[],
	group_id: string,
	label: string,
	except: string | null = null
): HouseholdCard[] {
	const typed = tellingOf(label);
	if (typed.numbers.length === 0 && typed.words.join('').length < 2) return [];
	const found = cards.filter(
		(card) =>
			card.household.group_id === group_id &&
			card.household.id !== except &&
			alike(typed, tellingOfCard(card))
	);
	return found.slice(0, MOST);
}

function tellingOfCard({ household }: HouseholdCard): Telling {
	const known = tellings.get(household) ?? tellingOf(household.label);
	tellings.set(household, known);
	return known;
}

const tellings = new WeakMap<HouseholdCard['household'], Telling>();
