import type { Day } from './day';
import type { Role, Verb } from './role';

/** A group that this person works in or may see, with the ward above it. */
export type MyGroup = {
	id: string;
	name: string;
	kind: string;
	ward_id: string;
	ward_name: string;
	/** The months that are closed, by their first days. What an older server told lacks it. */
	closed?: Day[];
};

/** Who is signed in, where they work and what they may do, as the server sees it. */
export type Me = {
	person_id: string;
	name: string;
	demo: boolean;
	team_name: string | null;
	city: { id: string; name: string };
	roles: { role: Role; unit_id: string; unit_name: string }[];
	verbs: Verb[];
	groups: MyGroup[];
	/** The members of my teams, myself among them. What an older server told lacks it. */
	teammates?: { person_id: string; name: string }[];
	home: 'log' | 'coverage' | 'wards';
};

/** Whether the person may do this. For what a screen offers; the database decides for itself. */
export function can(me: Me | null, verb: Verb): boolean {
	return me?.verbs.includes(verb) ?? false;
}
