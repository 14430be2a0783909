import type { phone } from '$lib/device/phone.svelte';
import type { Edit } from '$lib/domain/change';
import { newId } from '$lib/domain/id';
import { checkVisit } from '$lib/domain/checks/visit';
import { today, type Day } from '$lib/domain/day';
import type { Problem } from '$lib/domain/problems';
import { blankVisit } from '$lib/domain/visit';

type Card = (typeof phone.households)[number];

/** What stands on one line: how it went, and how many people were helped. */
export type Line = { outcome: string; people: number };

/** A sheet as it is keyed back: one day and what was helped with, for all of its lines. */
export type SheetDraft = { day: Day; topics: string[]; lines: Record<string, Line> };

export const OUTCOMES = ['helped', 'not_home', 'come_back', 'refused'] as const;

/** The visits that a sheet tells, with the first trouble of each kind; a line without an outcome tells none. */
export function sheetEdits(
	{ day, topics, lines }: SheetDraft,
	cards: Card[]
): { edits: Edit[]; problems: Problem[] } {
	const edits: Edit[] = [];
	const problems = new Map<string, Problem>();
	for (const card of cards) {
		const line = lines[card.household.id];
		if (!line?.outcome) continue;
		const helped = line.outcome === 'helped';
		const fields = {
			...blankVisit,
			household_id: card.household.id,
			day,
			place: 'home',
			outcome: line.outcome,
			topics: helped ? (topics.length > 0 ? topics : (card.last_help?.topics ?? [])) : [],
			people_helped: helped ? line.people : 0
		};
		for (const problem of checkVisit(fields, today()))
			problems.set(`${problem.field} ${problem.code}`, problem);
		const { group_id } = card.household;
		edits.push({ kind: 'visit', record_id: newId(), group_id, base: null, fields });
	}
	return { edits, problems: [...problems.values()] };
}
