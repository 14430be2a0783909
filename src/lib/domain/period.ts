import type { ChangedFields } from './change';
import type { Day } from './day';
import type { MyGroup } from './me';
import type { Kind } from './record';

/** The months of a group that were closed lately. */
export type GroupPeriods = {
	group_id: string;
	name: string;
	closed: { month: Day; closed_by: string; closed_at: string }[];
};

/** A change of a closed month, as it waits for the officer. */
export type CorrectionRequest = {
	change_id: string;
	group_id: string;
	group_name: string;
	kind: Kind;
	record_id: string;
	author: string;
	/** Its label; null where the record is about none, or about many. */
	household: string | null;
	/** ISO times: by the clock of the phone that wrote it, and when it came. */
	at: string;
	asked_at: string;
	reason: string | null;
	fields: ChangedFields;
	/** What the record says now of these fields; empty for one that is new. */
	now: ChangedFields;
};

/** The first day of the month of a day. */
export function monthOf(day: Day): Day {
	return `${day.slice(0, 7)}-01`;
}

/** Whether the month of a day is closed in a group, as far as this phone has heard. */
export function isClosed(groups: MyGroup[], group_id: string, day: Day): boolean {
	const group = groups.find(({ id }) => id === group_id);
	return group?.closed?.includes(monthOf(day)) ?? false;
}

/** The last months that are over, the latest first. */
export function monthsOver(today: Day, count: number): Day[] {
	const [year = 0, month = 1] = today.split('-').map(Number);
	return Array.from({ length: count }, (_, n) =>
		new Date(Date.UTC(year, month - 2 - n, 1)).toISOString().slice(0, 10)
	);
}
