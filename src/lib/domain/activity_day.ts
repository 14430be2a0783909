import type { Day } from './day';

/** A member of a team in a month: the days that records tell of, and those that were confirmed. */
export type MemberDays = { person_id: string; name: string; recorded: Day[]; confirmed: Day[] };

/** The activity days of a team in a month; `confirmed_at` is null when nobody has confirmed any. */
export type TeamDays = {
	team_id: string;
	name: string;
	/** ISO time. */
	confirmed_at: string | null;
	members: MemberDays[];
};

/** A day as the leader confirms it. The line of the plan is null while no plan is kept. */
export type ConfirmedDay = { person_id: string; day: Day; plan_line: string | null };

/** What is proposed for confirming: what was confirmed before, else what the records tell. */
export function proposed(team: TeamDays): Record<string, Day[]> {
	return Object.fromEntries(
		team.members.map((member) => [
			member.person_id,
			team.confirmed_at ? member.confirmed : member.recorded
		])
	);
}

/** The days of the month of a day, up to today. */
export function daysOfMonth(first_day: Day, today: Day): Day[] {
	const [year = 0, month = 1] = first_day.split('-').map(Number);
	const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
	return Array.from({ length: last }, (_, n) =>
		new Date(Date.UTC(year, month - 1, n + 1)).toISOString().slice(0, 10)
	).filter((day) => day <= today);
}
