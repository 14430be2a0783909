import type { ConfirmedDay, TeamDays } from '../domain/activity_day';
import type { Catalogue, CatalogueEntry, SavedEntry } from '../domain/catalogue';
import type { Change, PullAnswer, PushAnswer, Verdict } from '../domain/change';
import type { Day } from '../domain/day';
import type { Guide, SavedGuide } from '../domain/guide';
import type { HouseholdLists, ImportedHousehold } from '../domain/household_file';
import type { Me } from '../domain/me';
import type { Member } from '../domain/phones';
import type { Plan } from '../domain/plan';
import type { PlanFile, PlanLists } from '../domain/plan_file';
import type {
	ActsAnswer,
	Card,
	FirstPerson,
	MemberLists,
	MemberRow,
	MembersImported,
	Of,
	PlacePeople,
	RefusedRow,
	SignedInAnswer,
	StaffAnswer,
	TeamsAnswer,
	UninvitedAnswer
} from '../domain/team';
import type { Ask } from '../domain/request';
import type { CorrectionRequest, GroupPeriods } from '../domain/period';
import type { Problem } from '../domain/problems';
import type { Answered, Question, QuestionGroup, RecordBehind } from '../domain/question';
import type { UnitLists, UnitPlan } from '../domain/unit';
import type { CompareAnswer, CoverageAnswer } from './coverage_answers';
import type { ImportCounts, UnitAnswer, UnitTreeAnswer, UnitWords } from './unit_answers';
import type { OpenFiguresAnswer, PublishingAnswer } from './open_answers';
import type { PaceAnswer, PlanAnswer } from './plan_answers';

/** The version of the conversation between a phone and the server. */
export const PROTOCOL = 1;

/**
 * What a phone says of itself when it is in contact, so that a leader can see who holds records back:
 * with a push, what waits besides the changes that the push brings.
 */
export type DeviceReport = {
	device_id: string;
	app_version: string;
	waiting: number;
	oldest_at: string | null;
	storage_persisted: boolean | null;
	/** ISO time by the phone's own clock, so that the server knows how wrong that is. */
	now: string;
};

/** A change that was applied to a record, and what it replaced. */
export type HistoryEntry = {
	change_id: string;
	/** A number of the group that the record was in then. */
	seq: number;
	/** ISO time by the clock of the writer's device. */
	at: string;
	author_id: string;
	/** Null: a resident, by a poster. */
	author: string | null;
	fields: Record<string, unknown>;
	/** The values of these fields before; empty when the change made the record. */
	earlier: Record<string, unknown>;
	/** Fields that somebody else had changed meanwhile. */
	overlap: string[];
	reason: string | null;
};

/** The members of the teams that the person looks after; of a whole city only some of `total`. */
export type TeamPhonesAnswer = {
	as_of: string;
	/** Null when all places were asked for. */
	unit: { id: string; name: string } | null;
	/** How many members there are. */
	total: number;
	members: Member[];
};

/** A figure that was kept otherwise than the records say: null where it was kept, or is, as nothing. */
export type Difference = {
	group_id: string;
	total: 'group_days' | 'group_day_services' | 'group_day_people' | 'household_progress';
	key: Record<string, string>;
	figure: string;
	kept: unknown;
	counted: unknown;
};

/** Something that the people who run a city should look at. */
export type Alarm = { at: string; code: string; details: Record<string, unknown> };

/** Where a poster hangs. */
export type PosterPlace = {
	group_name: string;
	ward_name: string | null;
	city_name: string;
	team_name: string;
};
/** The poster of a group: the token stands in the address that its code leads to. */
export type Poster = PosterPlace & { token: string; made_at: string };

/** A request for help as those see it who receive them. */
export type ReceivedRequest = Omit<Ask, 'consent'> & {
	id: string;
	group_id: string;
	asked_on: Day;
	source: string;
	/** Who goes there, by name. */
	taken_by: string | null;
	ended_as: string;
	ended_on: Day | null;
};

/** What leaders are asked about their records, below a unit or (unit null) everywhere in reach. */
export type QuestionsAnswer = {
	as_of: string;
	unit: { id: string; name: string } | null;
	groups: QuestionGroup[];
	/** How many wait; the newest 200 of them are told. */
	open: number;
	questions: Question[];
	/** The last hundred, newest first. */
	answers: Answered[];
};

/** The functions of the API: everything that a browser may ask the database. */
export type Functions = {
	me: { args: Record<string, never>; answer: Me };
	catalogue: { args: Record<string, never>; answer: Catalogue };
	save_catalogue_entry: { args: { entry: CatalogueEntry }; answer: SavedEntry };
	save_guide: { args: { guide: Guide }; answer: SavedGuide };
	push: {
		args: { protocol: number; device: DeviceReport; changes: Change[] };
		answer: PushAnswer;
	};
	pull: { args: { protocol: number; cursors: Record<string, string> }; answer: PullAnswer };
	move_household: {
		args: {
			protocol: number;
			change_id: string;
			household_id: string;
			group_id: string;
			reason: string;
		};
		answer: Verdict;
	};
	history: { args: { record_id: string }; answer: HistoryEntry[] };
	report: { args: { device: DeviceReport }; answer: { server_time: string } };
	/** Once more with the same key says that the phone is still in use. */
	add_hand_in_key: {
		args: { key_id: string; device_id: string; public_key: string };
		answer: { key_id: string };
	};
	team_phones: { args: { unit_id: string | null }; answer: TeamPhonesAnswer };
	coverage: { args: { unit_id: string; month: Day }; answer: CoverageAnswer };
	compare_wards: { args: { month: Day }; answer: CompareAnswer };
	teams: { args: { unit_id: string | null; find: string; skip: number }; answer: TeamsAnswer };
	place_people: { args: { place_id: string }; answer: PlacePeople };
	staff: { args: Record<string, never>; answer: StaffAnswer };
	audit: { args: { before: number | null }; answer: ActsAnswer };
	add_team: {
		args: { name: string; group_ids: string[]; people: FirstPerson[] };
		answer: Of<{ team_id: string }>;
	};
	change_team: {
		args: { team_id: string; name: string; group_ids: string[] };
		answer: Of<{ team_id: string }>;
	};
	/** Answers how many places in the team ended with it. */
	end_team: { args: { team_id: string }; answer: Of<{ ended: number }> };
	add_member: {
		args: { place_id: string; role: string; name: string; phone: string };
		answer: Of<{ person_id: string; membership_id: string }>;
	};
	add_membership: {
		args: { person_id: string; role: string; place_id: string };
		answer: Of<{ membership_id: string }>;
	};
	end_membership: { args: { membership_id: string }; answer: Of<{ membership_id: string }> };
	change_role: {
		args: { membership_id: string; role: string };
		answer: Of<{ membership_id: string }>;
	};
	change_person: {
		args: { person_id: string; name: string; phone: string };
		answer: Of<{ person_id: string }>;
	};
	invite: {
		args: { membership_ids: string[]; replaces: boolean };
		answer: Of<{ cards: Card[] }>;
	};
	replace_member: {
		args: { membership_id: string; name: string; phone: string };
		answer: Of<{ cards: Card[] }>;
	};
	withdraw_invitations: { args: { membership_id: string }; answer: Of<{ membership_id: string }> };
	signed_in: { args: { person_id: string }; answer: Of<SignedInAnswer> };
	revoke: { args: { person_id: string; sid: string | null }; answer: Of<{ ended: number }> };
	/** Blocked: nothing that the phone signs is taken any more, also not what it recorded before. */
	block_phone: {
		args: { key_id: string; blocked: boolean };
		answer: Of<{ key_id: string }>;
	};
	/** Disabled: signed out everywhere, and not let in; what their phones hold is still handed in. */
	disable_person: {
		args: { person_id: string; disabled: boolean };
		answer: Of<{ person_id: string }>;
	};
	uninvited: { args: { unit_id: string }; answer: UninvitedAnswer };
	member_lists: { args: Record<string, never>; answer: MemberLists };
	bring_member_rows: {
		args: { import_id: string; rows: MemberRow[] };
		answer: Of<{ brought: number }>;
	};
	import_members: {
		args: { import_id: string; columns: Record<string, string> };
		answer: Of<MembersImported | { problems: RefusedRow[] }>;
	};
	/** `group`: of the one that was asked for, what a file of its households is checked against. */
	household_lists: { args: { group_id: string | null }; answer: HouseholdLists };
	/** All rows or none; `version` says against which list they were checked, else 409. */
	import_households: {
		args: {
			group_id: string;
			import_id: string;
			version: string;
			households: ImportedHousehold[];
			columns: Record<string, string>;
		};
		answer: { written: number } | { problems: RefusedRow[] };
	};
	unit_tree: { args: { day: Day }; answer: UnitTreeAnswer };
	unit: { args: { unit_id: string }; answer: UnitAnswer };
	unit_lists: { args: Record<string, never>; answer: UnitLists };
	import_units: { args: { plan: UnitPlan }; answer: { version: number; counts: ImportCounts } };
	plans: { args: Record<string, never>; answer: { as_of: string; plans: Plan[] } };
	/** At the city, or at a ward in reach. */
	plan: { args: { plan_id: string; unit_id: string | null }; answer: PlanAnswer };
	pace: { args: { indicator_id: string }; answer: PaceAnswer };
	save_observation: {
		args: { observation: Record<string, unknown> };
		answer: Of<{ id: string }>;
	};
	save_target: { args: { target: Record<string, unknown> }; answer: Of<{ id: string }> };
	save_task: { args: { task: Record<string, unknown> }; answer: Of<{ id: string }> };
	plan_lists: { args: Record<string, never>; answer: PlanLists };
	/** With a problem: the number of its line, from 1. */
	import_plan: {
		args: { plan: PlanFile };
		answer: Of<{ plan_id: string }> & { line?: number | null };
	};
	/** Goes on after a group; `next` is null when all groups are through. */
	recount: {
		args: { after: string | null; at_most: number };
		answer: { recounted: number; differences: Difference[]; next: string | null };
	};
	alarms: { args: Record<string, never>; answer: Alarm[] };
	activity_days: { args: { first_day: Day }; answer: TeamDays[] };
	confirm_activity_days: {
		args: { team_id: string; first_day: Day; days: ConfirmedDay[] };
		answer: { problem: Problem | null };
	};
	close_period: { args: { group_id: string; first_day: Day }; answer: { problem: Problem | null } };
	periods: { args: Record<string, never>; answer: GroupPeriods[] };
	open_corrections: { args: Record<string, never>; answer: CorrectionRequest[] };
	decide_correction: {
		args: { change_id: string; accept: boolean };
		answer: { problem: Problem | null };
	};
	/** `renew` ends the poster that hangs there. */
	poster: { args: { group_id: string; renew: boolean }; answer: Of<Poster> };
	/** Writes down what somebody asked on the telephone. Its id makes sending it twice harmless. */
	enter_request: {
		args: { group_id: string; request_id: string; request: Ask };
		answer: { request_id: string | null; problems: Problem[] };
	};
	requests_received: {
		args: Record<string, never>;
		answer: {
			groups: { group_id: string; name: string; ward_name: string }[];
			/** All that are open, and those that ended lately; the eldest first. */
			requests: ReceivedRequest[];
		};
	};
	questions: { args: { unit_id: string | null }; answer: QuestionsAnswer };
	/** At most a hundred of `total`; none for those who do not read records. */
	question_records: {
		args: { group_id: string; question_id: string };
		answer: { total: number; records: RecordBehind[] };
	};
	answer_question: {
		args: {
			group_id: string;
			question_id: string;
			/** Of the question as it was shown: facts that have changed are asked about anew. */
			fingerprint: string;
			choice: string;
			note: string;
		};
		answer: { problem: Problem | null };
	};
	publishing: { args: Record<string, never>; answer: PublishingAnswer };
	set_publishing: { args: { publish: boolean }; answer: PublishingAnswer };
	/** Open to everybody. Null: the only city that publishes. */
	open_figures: { args: { city_id: string | null }; answer: OpenFiguresAnswer };
	set_unit_words: { args: { words: UnitWords }; answer: UnitWords };
};

export type FunctionName = keyof Functions;
export type Args<N extends FunctionName> = Functions[N]['args'];
export type Answer<N extends FunctionName> = Functions[N]['answer'];
