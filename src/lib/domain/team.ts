import type { Day } from './day';
import type { MemberProblem, PeopleProblem, ProblemCode } from './problems';
import type { Role } from './role';

/** What an act answers: what it did, or what was to be expected in its way; then nothing was done. */
export type Of<T> =
	| (T & { problem?: undefined })
	| { problem: { code: PeopleProblem | ProblemCode; field: string | null } };

/** A team as a list shows it. */
export type Team = {
	team_id: string;
	name: string;
	/** The names of its groups and of their ward; null when it has none. */
	groups: string | null;
	ward_name: string | null;
	members: number;
	/** How many of them have come in on a phone. */
	joined: number;
	leader: string | null;
	/** Members whose names were searched for, three at most. */
	found: string[];
};

/** A page of 100 of the teams in reach; `total`, `people`, `joined` speak of all of them. */
export type TeamsAnswer = {
	as_of: string;
	unit: { id: string; name: string } | null;
	total: number;
	people: number;
	joined: number;
	teams: Team[];
};

/** How far somebody has come: on a phone (or with a password), invited, or left again; or not let in any more. */
export type Standing = {
	state: 'joined' | 'left' | 'invited' | 'expired' | 'none' | 'disabled';
	/** Until when the invitation is good, ISO. */
	until?: string;
};

/** Somebody in a team, or staff of a unit. */
export type TeamMember = {
	membership_id: string;
	person_id: string;
	name: string;
	role: Role;
	from_day: Day;
	phone: string | null;
	/** Whether the person who asked may invite, change and remove this one. */
	mine: boolean;
	standing: Standing;
	/** Phones and computers signed in at the moment. */
	devices: number;
};

export type PlacePeople = {
	as_of: string;
	place_id: string;
	name: string;
	level: 'team' | 'ward' | 'area' | 'city';
	group_names: string | null;
	/** Of a team; of a unit, none. */
	group_ids: string[];
	/** The roles that the person who asked may give here. */
	gives: Role[];
	people: TeamMember[];
};

/** The units in reach where staff is appointed. */
export type StaffAnswer = {
	as_of: string;
	places: { place_id: string; name: string; level: 'ward' | 'area' | 'city'; people: number }[];
};

/** An invitation as it is handed over: this answer is the only place where its code ever stands. */
export type Card = {
	membership_id: string;
	person_id: string;
	name: string;
	role: Role;
	place_id: string;
	place_name: string;
	groups: string | null;
	expires_at: string;
	code: string;
};

/** A phone or computer on which somebody is signed in. */
export type SignedIn = {
	sid: string;
	kind: 'device' | 'password' | 'demo';
	label: string | null;
	since: string;
	last_used_at: string;
	this_one: boolean;
};

/** A phone that may still hand in what it holds, whether or not somebody is signed in on it. */
export type HandInPhone = {
	key_id: string;
	label: string | null;
	seen_at: string;
	/** Whether its session lives. */
	in_use: boolean;
	blocked: boolean;
};

export type SignedInAnswer = { devices: SignedIn[]; phones: HandInPhone[] };

/** Somebody with whom a team begins. */
export type FirstPerson = { role: Role; name: string; phone: string };

/** Those below a unit who have no phone yet, by their places in teams; each person once. */
export type UninvitedAnswer = { as_of: string; teams: number; membership_ids: string[] };

/** One line of the audit log. */
export type Act = {
	act_id: number;
	at: string;
	actor: string | null;
	act: string;
	subject: string;
	/** Null: the settings of the whole city. */
	subject_id: string | null;
	fields: string[];
	place: string | null;
};

export type ActsAnswer = { as_of: string; acts: Act[] };

/** The groups in reach, each with its ward and the team that works there. Rows are arrays: there are thousands. */
export type MemberLists = {
	places: [
		group_id: string,
		name: string,
		ward_name: string,
		ward_code: string | null,
		team_id: string | null,
		team_name: string | null
	][];
	/** What the headings of a file meant the last time. */
	columns: Record<string, string>;
};

/** A member as a file tells it: `at` is the row there; the team, or the group that has none yet. */
export type MemberRow = [
	at: number,
	name: string,
	phone: string | null,
	role: Role,
	team_id: string | null,
	group_id: string | null
];

export type RefusedRow = { row: number; code: MemberProblem | ProblemCode; field: string };

/** How many rows brought somebody new, changed somebody, and how many there were. */
export type MembersImported = { counts: { new: number; changed: number; all: number } };
