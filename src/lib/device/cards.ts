import type { Day } from '../domain/day';
import type { Household } from '../domain/household';
import { newestFirst, progressOf, type Progress } from '../domain/progress';
import { trainingsByHousehold, type Training } from '../domain/training';
import type { Visit } from '../domain/visit';
import type { Memory } from './memory';

/** A household as a list shows it. */
export type HouseholdCard = Progress & {
	household: Household;
	/** What was merged into it. */
	merged: Household[];
	/** Whether something of it has not been sent. */
	waiting: boolean;
	/** Whether something of it was sent back. */
	look: boolean;
};

/** What the volunteer's first screen shows. */
export type Picture = {
	/** By label, in Vietnamese order. */
	households: HouseholdCard[];
	/** Also by the ids of what was merged into another: then that one. */
	byId: ReadonlyMap<string, HouseholdCard>;
	/** How many visits this person logged today. */
	today: number;
	/** The households that this person helped last, newest first. */
	recent: HouseholdCard[];
};

const MOST_RECENT = 10;

export const EMPTY_PICTURE: Picture = {
	households: [],
	byId: new Map(),
	today: 0,
	recent: []
};

/** The picture of everything in memory, on a day. */
export function pictureOf(memory: Memory, day: Day): Picture {
	const trained = trainingsByHousehold(memory.trainings());
	const households = memory
		.households()
		.sort((a, b) => LABELS.compare(a.label, b.label))
		.map((household) => cardOf(memory, household, trained));
	const byId = new Map(
		households.flatMap((card) =>
			[card.household, ...card.merged].map(({ id }) => [id, card] as const)
		)
	);
	const mine = memory.visits().filter((visit) => visit.author_id === memory.person_id);
	return {
		households,
		byId,
		today: mine.filter((visit) => visit.day === day).length,
		recent: recentOf(mine, byId)
	};
}

/** One collator for all: making one is dear. Numbers in labels sort as numbers. */
const LABELS = new Intl.Collator('vi', { numeric: true });

function cardOf(
	memory: Memory,
	household: Household,
	trained: Map<string, Training[]>
): HouseholdCard {
	const visits = memory.visitsOf(household.id);
	const signups = memory.signupsOf(household.id);
	const merged = memory.mergedInto(household.id);
	const trainings = [household, ...merged].flatMap(({ id }) => trained.get(id) ?? []);
	const records = [household, ...merged, ...visits, ...signups];
	return {
		household,
		merged,
		...progressOf(visits, signups, [...new Set(trainings)]),
		waiting: records.some(({ id }) => memory.waits(id)),
		look: records.some(({ id }) => memory.looks(id))
	};
}

function recentOf(mine: Visit[], byId: ReadonlyMap<string, HouseholdCard>): HouseholdCard[] {
	const cards = mine
		.filter((visit) => visit.outcome === 'helped')
		.sort(newestFirst)
		.map((visit) => byId.get(visit.household_id ?? ''))
		.filter((card) => card !== undefined);
	return [...new Set(cards)].slice(0, MOST_RECENT);
}
