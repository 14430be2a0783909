import type { Caller } from './callers';
import type { Role, Verb } from '../../src/lib/domain/role';
import { RESIDENT } from '../../src/lib/domain/request';
import { isMany } from './opened';
import { endedToken } from './seed';
import { CITIES, GROUPS, keyOf } from './world';

/** A row of a table, as JSON. */
export type Row = Record<string, unknown>;

/**
 * Who may read which rows of a table, and who may change them. What is left out is nobody's.
 */
export type TableRule = {
	/** The rows for a person with a live session. */
	people?: (who: Person, row: Row) => boolean;
	/** The rows for the web server's own calls. */
	server?: (row: Row) => boolean;
	/** The columns that they may read; all by default. */
	columns?: string[];
	/** What the web server may do straight at the table. */
	serverWrites?: ('insert' | 'update' | 'delete')[];
	/** Whether a row may come from a call of this person, by whatever function. Never, by default. */
	written?: (who: Person, row: Row) => boolean;
	/** Whether a call of this person may delete a row. Never, by default. */
	deleted?: (who: Person, row: Row) => boolean;
	/** Whether a row may come from a call of the web server, with these arguments. */
	writtenByServer?: (row: Row, args: Record<string, unknown>) => boolean;
};
export type Person = NonNullable<Caller['scope']>;

const all = () => true;
const ofCity = ({ person }: Person, row: Row) => row.city_id === person.city;
const own = ({ person }: Person, row: Row) =>
	row.city_id === person.city && row.person_id === person.person_id;
const group = (row: Row) => `${row.city_id}/${row.group_id}`;
/** Rows of the groups in which the person holds a verb. */
const where = (verb: Verb) => (who: Person, row: Row) => who.groups(verb).has(group(row));
/** Rows of the city, for whoever holds a verb anywhere in it. */
const inCity = (verb: Verb) => (who: Person, row: Row) => ofCity(who, row) && who.verbs.has(verb);
/** Figures of plans at a unit: of the city for all who read plans, else where the person holds the verb. */
const ofPlanUnits = (who: Person, row: Row) =>
	inCity('read_plans')(who, row) && (row.unit_id === null || who.seesPlansOf(String(row.unit_id)));
/** Rows that a push or a move may write: of the person's groups, now or on the days when they were. */
const recorded = (who: Person, row: Row) =>
	who.groups('record').has(group(row)) ||
	who.groups('record', HELD_ON).has(group(row)) ||
	who.groups('move_households').has(group(row)) ||
	who.groups('import_households').has(group(row));
/** Rows of a team that looks after a group whose days the person confirms. */
const confirms = (who: Person, row: Row) =>
	ofCity(who, row) && who.teamsOf('confirm_days').has(String(row.team_id));
/** Rows about somebody who is new, or whom the person looks after as a whole. */
const lookedAfter = (who: Person, row: Row) =>
	ofCity(who, row) &&
	(who.knows(row.person_id)
		? who.manages(String(row.person_id), 'password')
		: who.verbs.has('manage_people'));
const ownOrLookedAfter = (who: Person, row: Row) => own(who, row) || lookedAfter(who, row);
/** Ending a membership ends the sessions that were for it, too. */
const mayEndSessions = (who: Person, row: Row) =>
	ownOrLookedAfter(who, row) || (ofCity(who, row) && who.removes(row.person_id));
/** A team that is new, or whose leader the person appoints. */
const newOrLed = (who: Person, team_id: string) =>
	who.levelOf(team_id) === undefined || who.gives('leader', team_id);
/** Figures that are published by whoever may, and as they must be. */
const openedBy = (who: Person, row: Row) => inCity('publish_figures')(who, row) && isMany(row);
const units: TableRule = { people: ofCity, written: inCity('manage_units') };
/** Work of this long ago may still be handed in by those who have lost the right since. */
export const HELD_ON = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
const ENDED_POSTERS = new Set(CITIES.flatMap((city) => GROUPS.map((n) => endedToken(city, n))));
const records: TableRule = {
	people: where('read_records'),
	written: recorded,
	writtenByServer: all
};

/**
 * Every table of the database. A new one stops the run until it stands here: who may read it, and in
 * seed.ts its rows in both cities.
 */
export const TABLES: Record<string, TableRule> = {
	'app.cities': { people: ofCity, server: all, written: inCity('manage_units') },
	'app.editions': { people: all, written: (who) => who.verbs.has('manage_units') },
	'app.units': units,
	'app.unit_parents': units,
	'app.unit_codes': units,
	'app.unit_successions': units,
	'app.denominators': units,
	'app.unit_levels': units,
	'app.unit_kinds': { ...units, deleted: inCity('manage_units') },
	'app.unit_imports': { people: inCity('manage_units'), written: inCity('manage_units') },
	'app.import_columns': {
		people: ofCity,
		written: (who, row) =>
			ofCity(who, row) &&
			(who.verbs.has('manage_units') ||
				(row.subject === 'plans' && who.verbs.has('edit_plans')) ||
				(row.subject === 'members' && who.importsMembers) ||
				(row.subject === 'households' && who.verbs.has('import_households')))
	},
	'app.guides': { people: ofCity, written: inCity('edit_catalogue') },
	'app.catalogue': { people: ofCity, written: inCity('edit_catalogue') },
	'app.roles': { people: all },
	'app.verbs': {},
	'app.role_verbs': { people: all },
	'app.role_gives': { people: all },
	'app.people': { people: own, server: all, written: lookedAfter },
	'app.person_contacts': { written: lookedAfter, deleted: lookedAfter },
	'app.teams': {
		people: (who, row) => ofCity(who, row) && who.teams.has(String(row.team_id)),
		written: (who, row) => inCity('manage_people')(who, row) && newOrLed(who, String(row.team_id))
	},
	'app.team_groups': {
		written: (who, row) =>
			ofCity(who, row) &&
			newOrLed(who, String(row.team_id)) &&
			who.opensTeam([String(row.group_id)])
	},
	'app.memberships': {
		written: (who, row) =>
			ofCity(who, row) && who.gives(row.role as Role, String(row.team_id ?? row.unit_id))
	},
	'app.member_import_rows': {
		written: (who, row) => own(who, row) && who.verbs.has('manage_people'),
		deleted: own
	},
	'app.invitations': {
		written: (who, row) =>
			ofCity(who, row) &&
			(who.knows(row.person_id)
				? who.manages(String(row.person_id), row.kind as 'device')
				: who.verbs.has('manage_people')),
		writtenByServer: all
	},
	'app.sessions': {
		server: all,
		serverWrites: ['insert', 'update', 'delete'],
		written: mayEndSessions,
		writtenByServer: all
	},
	'app.credentials': { writtenByServer: all },
	'app.known_devices': { deleted: ownOrLookedAfter, writtenByServer: all },
	'app.limits': {},
	'app.tries': { writtenByServer: all },
	'audit.acts': {
		written: ({ person }, row) => row.city_id === person.city && row.actor_id === person.person_id,
		writtenByServer: all
	},
	'app.households': records,
	'app.household_contacts': {
		people: where('record'),
		written: recorded,
		deleted: recorded,
		writtenByServer: all
	},
	'app.visits': records,
	'app.signups': records,
	'app.trainings': records,
	'app.requests': {
		...records,
		writtenByServer: (_, args) => !ENDED_POSTERS.has(String(args.token ?? args.p_token))
	},
	'app.goals': { ...records, written: where('set_goals') },
	'app.thanks': { ...records, written: where('thank_members') },
	'app.posters': { written: where('receive_requests') },
	'app.household_progress': records,
	'app.group_logs': records,
	'app.departures': { ...records, deleted: recorded },
	'app.activity_days': {
		written: (who, row) => confirms(who, row),
		deleted: (who, row) => confirms(who, row)
	},
	'app.question_choices': {},
	'app.question_answers': { written: where('answer_questions') },
	'app.closed_periods': {
		people: where('read_records'),
		written: (who, row) => where('close_periods')(who, row)
	},
	'app.correction_requests': {
		people: where('decide_corrections'),
		written: (who, row) => recorded(who, row) || where('decide_corrections')(who, row),
		writtenByServer: all
	},
	'app.changes': {
		people: where('read_records'),
		columns: ['city_id', 'group_id', 'seq', 'change_id', 'received_at'],
		written: ({ person }, row) => row.city_id === person.city && row.author_id === person.person_id,
		// What is handed in is credited to the person of the key; what is asked by a poster to nobody.
		writtenByServer: (row, args) =>
			row.author_id === RESIDENT || keyOf(String(row.author_id)) === (args.key_id ?? args.p_key_id)
	},
	'app.group_days': { people: where('read_totals'), written: recorded, writtenByServer: all },
	'app.group_day_services': {
		people: where('read_totals'),
		written: recorded,
		writtenByServer: all
	},
	'app.group_day_people': {
		people: where('read_totals'),
		written: recorded,
		writtenByServer: all
	},
	'app.plans': { people: inCity('read_plans'), written: inCity('edit_plans') },
	'app.plan_counts': { people: inCity('read_plans') },
	'app.indicators': { people: inCity('read_plans'), written: inCity('edit_plans') },
	'app.plan_lines': { people: inCity('read_plans'), written: inCity('edit_plans') },
	'app.indicator_denominators': { people: ofPlanUnits, written: inCity('edit_plans') },
	'app.targets': { people: ofPlanUnits, written: inCity('edit_plans') },
	'app.observations': { people: ofPlanUnits, written: inCity('edit_plans') },
	'app.open_publishing': {
		people: inCity('publish_figures'),
		written: inCity('publish_figures'),
		deleted: inCity('publish_figures')
	},
	'app.open_months': { written: openedBy, writtenByServer: isMany },
	'app.open_cells': { written: openedBy, writtenByServer: isMany },
	'app.alarms': { people: inCity('recount'), written: inCity('recount') },
	// A session that is ended from elsewhere takes its phone out of use.
	'app.hand_in_keys': { written: mayEndSessions, writtenByServer: all },
	'app.hand_ins': { writtenByServer: all },
	'app.devices': { people: (who, row) => own(who, row) || who.looksAfter(row), written: own },
	'app.record_fields': {},
	'app.rungs': {},
	'app.rung_proofs': {},
	'app.demo_cast': { server: (row) => row.city_id === 'thu-hai' }
};

/**
 * The inner functions that policies and functions with the caller's own rights need: a person may call
 * them, and learns nothing by them that the tables would not tell. Functions of schema api stand in
 * answers.ts; every other function is nobody's.
 */
export const INNER = {
	both: ['claims', 'uuid_or_null', 'day_of', 'today', 'fold', 'is_day', 'problem'],
	people: [
		...['live_person', 'my_memberships', 'my_group_ids', 'my_city_id', 'i_may', 'require_session'],
		...['units_below', 'group_places', 'denominators_on', 'group_month', 'group_month_services'],
		...['last_day_of', 'require', 'push', 'check_protocol', 'cursor_of', 'heads', 'page'],
		...['pull_records'],
		...['history', 'members_in_reach', 'phones_of', 'place_name', 'report'],
		...[
			'entry_json',
			'save_catalogue_entry',
			'guide_json',
			'save_guide',
			'move_household',
			'add_hand_in_key'
		],
		...['figures_on', 'level_words', 'kind_words', 'unit_named', 'unit_namesakes', 'columns_of'],
		...['import_units', 'set_unit_words', 'member_lists', 'bring_member_rows', 'import_members'],
		...[
			'add_member',
			'add_membership',
			'change_role',
			'end_membership',
			'change_person',
			'add_team',
			'change_team',
			'end_team'
		],
		...['invite', 'replace_member', 'withdraw_invitations', 'signed_in', 'revoke', 'block_phone'],
		...[
			'disable_person',
			'teams',
			'place_people',
			'staff',
			'audit',
			'uninvited',
			'recount',
			'teammates'
		],
		...['my_plan_units', 'counted_by_ward', 'denominators_of', 'plan_json', 'require_plans'],
		...['counted_at', 'line_json', 'save_plan_figure', 'import_plan'],
		...['close_period', 'periods', 'open_corrections', 'decide_correction'],
		...['activity_days', 'confirm_activity_days'],
		...['questions', 'question_records', 'answer_question'],
		...['poster', 'enter_request', 'requests_received'],
		...['household_lists', 'import_households'],
		...['publishing', 'require_publisher', 'set_publishing']
	],
	server: [
		...['is_live', 'idle_time', 'sign_in_begin', 'sign_in_end', 'sign_in_name_of_session'],
		...['sign_in_again', 'begin_join', 'end_join', 'purge_tries', 'join', 'hand_in_key', 'hand_in'],
		...['change_password', 'ask_page', 'ask', 'empty_requests', 'release_open_figures']
	]
};
