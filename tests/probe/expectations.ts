import type { Caller } from './callers';
import type { Verb } from '../../src/lib/domain/role';

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
	/** Whether a row may come from a call of the web server. */
	writtenByServer?: boolean;
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
/** Rows that a push may write: of the person's groups, now or on the days when they were. */
const recorded = (who: Person, row: Row) =>
	who.groups('record').has(group(row)) || who.groups('record', HELD_ON).has(group(row));
/** Work of this long ago may still be handed in by those who have lost the right since. */
export const HELD_ON = new Date(Date.now() - 60 * 86_400_000).toISOString().slice(0, 10);
const records: TableRule = { people: where('read_records'), written: recorded };

/**
 * Every table of the database. A new one stops the run until it stands here: who may read it, and in
 * seed.ts its rows in both cities.
 */
export const TABLES: Record<string, TableRule> = {
	'app.cities': { people: ofCity, server: all },
	'app.editions': { people: all },
	'app.units': { people: ofCity },
	'app.unit_parents': { people: ofCity },
	'app.unit_codes': { people: ofCity },
	'app.unit_successions': { people: ofCity },
	'app.denominators': { people: ofCity },
	'app.catalogue': { people: ofCity, written: inCity('edit_catalogue') },
	'app.roles': { people: all },
	'app.role_verbs': { people: all },
	'app.people': { people: own, server: all },
	'app.teams': { people: (who, row) => ofCity(who, row) && who.teams.has(String(row.team_id)) },
	'app.team_groups': {},
	'app.memberships': {},
	'app.sessions': {
		server: all,
		serverWrites: ['insert', 'update', 'delete'],
		writtenByServer: true
	},
	'app.households': records,
	'app.visits': records,
	'app.signups': records,
	'app.trainings': records,
	'app.household_progress': records,
	'app.group_logs': records,
	'app.changes': {
		people: where('read_records'),
		columns: ['city_id', 'group_id', 'seq', 'change_id', 'received_at'],
		written: ({ person }, row) => row.city_id === person.city && row.author_id === person.person_id
	},
	'app.group_days': { people: where('read_totals'), written: recorded },
	'app.group_day_services': { people: where('read_totals'), written: recorded },
	'app.devices': { people: (who, row) => own(who, row) || who.looksAfter(row), written: own },
	'app.record_fields': {},
	'app.demo_cast': { server: (row) => row.city_id === 'thu-hai' }
};

/**
 * The inner functions that policies and functions with the caller's own rights need: a person may call
 * them, and learns nothing by them that the tables would not tell. Functions of schema api stand in
 * answers.ts; every other function is nobody's.
 */
export const INNER = {
	both: ['claims', 'uuid_or_null', 'day_of', 'today', 'fold', 'is_day'],
	people: [
		...['live_person', 'my_memberships', 'my_group_ids', 'my_city_id', 'i_may', 'require_session'],
		...['units_below', 'group_places', 'denominators_on', 'group_month', 'group_month_services'],
		...['last_day_of', 'require', 'push', 'check_protocol', 'cursor_of', 'heads', 'rows_above'],
		...['history', 'members_in_reach', 'phones_of', 'place_name', 'report'],
		...['entry_json', 'save_catalogue_entry']
	],
	server: ['is_live']
};
