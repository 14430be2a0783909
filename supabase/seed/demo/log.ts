import { daNang } from '../city';
import type { SeedRow } from '../database';
import { dayOf } from '../../../src/lib/domain/day';
import { saidOn } from '../../../src/lib/domain/household';
import { idAt } from '../id';
import type { DemoRecord } from './record';

/** From a tap on "save" to the server's verdict, where there is signal. */
const SENT_AFTER = 4000;

type Table = 'households' | 'visits' | 'signups' | 'trainings' | 'requests' | 'goals';

const TABLES: Record<DemoRecord['kind'], Table> = {
	household: 'households',
	visit: 'visits',
	signup: 'signups',
	training: 'trainings',
	request: 'requests',
	goal: 'goals'
};

/** What the records of one group leave in the database when each was pushed and applied in turn. */
export type Log = Record<Table, SeedRow[]> & { changes: SeedRow[]; group_logs: SeedRow[] };

/** Numbers the records of one group, which come in the order in which they were written. */
export function logOf(group_id: string, records: DemoRecord[]): Log {
	const log: Log = {
		households: [],
		visits: [],
		signups: [],
		trainings: [],
		requests: [],
		goals: [],
		changes: [],
		group_logs: []
	};
	records.forEach((record, n) => {
		log[TABLES[record.kind]].push(recordRow(record, n + 1));
		log.changes.push(changeRow(record, n + 1));
	});
	const last_change_id = log.changes.at(-1)?.change_id ?? null;
	log.group_logs.push({
		city_id: daNang.city_id,
		group_id,
		last_seq: records.length,
		last_change_id
	});
	return log;
}

function recordRow(record: DemoRecord, seq: number): SeedRow {
	const { id, group_id, author_id, moment, fields } = record;
	const recorded_at = new Date(moment).toISOString();
	return {
		city_id: daNang.city_id,
		id,
		group_id,
		seq,
		author_id,
		recorded_at,
		discarded: false,
		...fields,
		...(record.kind === 'household'
			? { said_on: saidOn({}, fields, dayOf(new Date(moment))) }
			: {}),
		extra: {}
	};
}

function changeRow(record: DemoRecord, seq: number): SeedRow {
	const { id, group_id, author_id, kind, moment, fields } = record;
	return {
		city_id: daNang.city_id,
		change_id: idAt(moment, 'change', id),
		group_id,
		seq,
		kind,
		record_id: id,
		author_id,
		base: null,
		fields,
		at: new Date(moment).toISOString(),
		received_at: new Date(moment + SENT_AFTER).toISOString(),
		verdict: 'applied'
	};
}
