import { castOf } from './cast';
import type { DemoRecord, Pen } from './record';

const DAY = 24 * 60 * 60 * 1000;
const SECONDS_EACH = 6_000;
/** As many visits as are written down at one go, in the evening after the last of them. */
const AT_ONCE = 5;

/**
 * In some groups somebody wrote down their last visits together, at home in the evening: what a leader is
 * asked about, and has an answer to.
 */
export function catchUp(pen: Pen): void {
	const { dice, records, team } = pen;
	if (!dice.chance(0.2) && castOf(team.group).length === 0) return;
	const latest = Math.max(...records.map(({ moment }) => moment));
	const met = records
		.filter(isMeeting)
		.filter(({ moment }) => moment > latest - 21 * DAY)
		.sort((a, b) => b.moment - a.moment);
	const theirs = met.filter(({ author_id }) => author_id === busiest(met)).slice(0, AT_ONCE);
	if (theirs.length < AT_ONCE) return;
	const evening = eveningOf(theirs[0]?.moment ?? latest);
	theirs.reverse().forEach((visit, n) => {
		visit.moment = evening + n * SECONDS_EACH;
		for (const signup of records.filter((one) => isMadeIn(one, visit)))
			signup.moment = visit.moment + SECONDS_EACH / 2;
	});
}

const isMadeIn = (record: DemoRecord, { id }: DemoRecord) =>
	record.kind === 'signup' && record.fields.visit_id === id;

function busiest(records: DemoRecord[]): string | undefined {
	const authors = records.map(({ author_id }) => author_id);
	const count = (one: string) => authors.filter((author) => author === one).length;
	return authors.toSorted((a, b) => count(b) - count(a))[0];
}

const isMeeting = (record: DemoRecord) =>
	record.kind === 'visit' && record.fields.people_helped > 0;

/** A quarter past eight in the evening of the day of a moment, in Việt Nam. */
function eveningOf(moment: number): number {
	const hours = 60 * 60 * 1000;
	return Math.floor((moment + 7 * hours) / DAY) * DAY - 7 * hours + 20.25 * hours;
}
