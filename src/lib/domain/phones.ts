import type { Role } from './role';

/** A phone as it was at its last contact with the server. */
export type SeenPhone = {
	/** ISO time. */
	last_contact: string;
	/** Changes that it then held back, and the ISO time of the oldest; null when it did not say. */
	waiting: number | null;
	oldest_at: string | null;
	app_version: string | null;
	/** Whether its browser promised to keep the records; null when it did not say. */
	storage_persisted: boolean | null;
	/** Seconds that its clock was ahead of the server's, below zero behind; null when it did not say. */
	clock_ahead_s: number | null;
};

/** A member of a team with the phones they signed in on, the last one in contact first. */
export type Member = {
	person_id: string;
	name: string;
	role: Role;
	team_id: string;
	team_name: string;
	groups: string[];
	ward_name: string | null;
	/** A number to call, where one is known. */
	call: string | null;
	phones: SeenPhone[];
};

/** A clock that is out by less than this may as well be a slow line. */
const CLOCK_MS = 5 * 60_000;

/** Whether a clock is so far out that days and times written by it cannot be trusted. */
export function isClockWrong(ahead_ms: number | null): boolean {
	return ahead_ms !== null && Math.abs(ahead_ms) >= CLOCK_MS;
}

/** From this many days without contact on, a member is asked after. */
export const SILENT_DAYS = 7;

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whole days since a moment, never less than none: a clock may be ahead. */
export function daysSince(moment: string, at: string): number {
	return Math.max(0, Math.floor((Date.parse(at) - Date.parse(moment)) / DAY_MS));
}

/** Someone to ask after, with the days without contact; null when there never was any. */
export type Silent = { member: Member; days: number | null };

/**
 * The members without contact for a week, longest first; those who never were in contact come after
 * them, because they may not have begun.
 * @param at the moment the list speaks of, ISO
 */
export function silentMembers(members: Member[], at: string): Silent[] {
	return members
		.map((member) => ({ member, days: daysSilent(member, at) }))
		.filter(({ days }) => days === null || days >= SILENT_DAYS)
		.sort((a, b) => (b.days ?? -1) - (a.days ?? -1));
}

/** Days since the last contact of any of a member's phones; null without any. */
export function daysSilent({ phones }: Member, at: string): number | null {
	const [last] = phones;
	return last ? daysSince(last.last_contact, at) : null;
}

/** What the phones of a member held back at their last contact: how many changes, since when. */
export function heldBack({ phones }: Member): { count: number; oldest_at: string | null } {
	const oldest = phones.map((phone) => phone.oldest_at).filter((moment) => moment !== null);
	return {
		count: phones.reduce((sum, phone) => sum + (phone.waiting ?? 0), 0),
		oldest_at: oldest.sort()[0] ?? null
	};
}
