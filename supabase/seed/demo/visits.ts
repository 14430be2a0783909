import type { VisitFields } from '../../../src/lib/domain/visit';
import { after, dayText, daysAfter, momentOf } from './calendar';
import type { KnownHousehold } from './households';
import type { Dice } from './random';
import type { Pen } from './record';
import { signUp } from './signups';
import { barriers, topics, VISIT_NOTES } from './words';

/** Days until somebody comes again, at least and at most. */
const AS_AGREED = [3, 12] as const;
const TO_GO_ON = [7, 45] as const;
const AFTER_NOBODY = [2, 14] as const;
const FIRST_TIME = [1, 70] as const;

/** Visits a household until the days run out, or until there is no more to do there. */
export function visitHousehold(pen: Pen, household: KnownHousehold, days: number[]): void {
	const { dice } = pen;
	const { id: household_id, since, reached } = household;
	let moment = firstMoment(since, days, dice);
	for (let inVain = knocksInVain(reached, dice); inVain > 0 && moment !== null; inVain--) {
		const outcome = dice.weighted({ not_home: 8, refused: 2 });
		writeVisit(pen, moment, { household_id, outcome });
		moment = nextMoment(moment, AFTER_NOBODY, days, dice);
	}
	if (!reached) return;
	// Whoever is to be reached is reached, even when a knock in vain took the last day.
	moment ??= anyMoment(since, days, dice);
	let outcome: string = dice.weighted({ helped: 80, come_back: 14, escalated: 6 });
	while (moment !== null) {
		writeVisit(pen, moment, { household_id, outcome });
		if (outcome !== 'come_back' && dice.chance(0.3)) return;
		moment = nextMoment(moment, outcome === 'come_back' ? AS_AGREED : TO_GO_ON, days, dice);
		outcome = dice.weighted({ helped: 9, come_back: 1 });
	}
}

/** A morning at a market or a mobile point, with people whose household nobody asked for. */
export function helpPassersBy(pen: Pen, day: number): void {
	const { dice } = pen;
	const place = dice.pick(['market', 'mobile_point', 'community_house', 'ward_office']);
	let moment = momentOf(day, dice);
	for (let left = dice.between(3, 7); left > 0; left--) {
		writeVisit(pen, moment, { household_id: null, outcome: 'helped', place });
		moment = after(moment, dice);
	}
}

type Given = Pick<VisitFields, 'household_id' | 'outcome'> & Partial<VisitFields>;

function writeVisit(pen: Pen, moment: number, given: Given): void {
	const { dice } = pen;
	const { outcome } = given;
	const helped = outcome === 'helped';
	const met = helped || outcome === 'come_back' || outcome === 'escalated';
	const people_helped = helped ? dice.pick([1, 1, 1, 2, 2, 3]) : met ? 1 : 0;
	const fields: VisitFields = {
		day: dayText(moment),
		place: 'home',
		topics: met ? topics(dice, helped ? dice.between(1, 3) : 1) : [],
		people_helped,
		people_by_group: peopleByGroup(people_helped, given.place === 'market', pen),
		barriers: barriers(dice, outcome),
		campaign: dice.chance(0.25) ? 'tung_ngo_tung_nha' : '',
		follow_up_on: outcome === 'come_back' ? dayText(daysAfter(moment, dice.between(3, 12))) : null,
		note: dice.chance(0.18) ? dice.pick(VISIT_NOTES[outcome] ?? ['']) : '',
		...given
	};
	const author_id = pen.author();
	const id = pen.write(moment, { kind: 'visit', fields }, author_id);
	if (helped) signUp(pen, moment, { id, author_id, fields });
}

function peopleByGroup(
	people: number,
	market: boolean,
	{ dice, team }: Pen
): VisitFields['people_by_group'] {
	if (people === 0 || dice.chance(0.55)) return {};
	const group = dice.weighted({
		elderly: 10,
		disabled: 1,
		poor: 2,
		ethnic_minority: team.group.kind === 'thon' ? 3 : 0,
		trader: market ? 30 : 1
	});
	return { [group]: dice.between(1, people) };
}

function knocksInVain(reached: boolean, dice: Dice): number {
	return dice.pick(reached ? [0, 0, 0, 1] : [0, 0, 0, 0, 0, 0, 1, 1, 1, 2]);
}

/** The first visit: on the spot, or on a later day out; null when there is none left. */
function firstMoment(since: number, days: number[], dice: Dice): number | null {
	return dice.chance(0.15) ? after(since, dice) : nextMoment(since, FIRST_TIME, days, dice);
}

/**
 * A moment on the next day out after a wait of some days; null when there is none left. Not simply
 * one of the days left: the last ones would get all the visits.
 */
function nextMoment(
	since: number,
	[least, most]: readonly [number, number],
	days: number[],
	dice: Dice
): number | null {
	const wait = least + Math.min(dice.next(), dice.next()) * (most - least);
	const day = days.find((it) => it > daysAfter(since, wait - 1));
	return day === undefined ? null : momentOf(day, dice);
}

function anyMoment(since: number, days: number[], dice: Dice): number {
	const later = days.filter((day) => day > since);
	return later.length > 0 ? momentOf(dice.pick(later), dice) : after(since, dice);
}
