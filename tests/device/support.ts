import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, beforeEach } from 'vitest';
import type { ChangedFields, Edit, PulledGroup } from '../../src/lib/domain/change';
import { newId } from '../../src/lib/domain/id';
import { blankRow, type Common, type Kind, type Row } from '../../src/lib/domain/record';
import { Device } from '../../src/lib/device/device';
import { columnsOf } from '../support/columns';

/** The people of these tests, and where they work. */
export const BUOI = 'b0000000-0000-7000-8000-000000000001';
export const CAM = 'b0000000-0000-7000-8000-000000000002';
export const GROUP_3 = 'a0000000-0000-7000-8000-000000000003';
export const GROUP_4 = 'a0000000-0000-7000-8000-000000000004';
export const TODAY = '2026-11-02';

const opened: Device[] = [];

/** Gives each test an empty browser, and closes what it left open. */
export function emptyBrowser(): void {
	beforeEach(() => {
		globalThis.indexedDB = new IDBFactory();
	});
	afterEach(() => {
		for (const device of opened.splice(0)) device.close();
	});
}

export async function openDevice(person_id = BUOI): Promise<Device> {
	const device = await Device.open(person_id);
	opened.push(device);
	// It is opened right afterwards; by then another test may have begun, with a browser of its own.
	await device.isCopied();
	return device;
}

/** The same phone after the app was closed, by its owner or by an empty battery. */
export async function reopened(device: Device): Promise<Device> {
	device.close();
	return openDevice(device.person_id);
}

export function newHousehold(label: string, group_id = GROUP_3): Edit {
	return { kind: 'household', record_id: newId(), group_id, base: null, fields: { label } };
}

export function newVisit(household_id: string | null, fields: ChangedFields = {}): Edit {
	return {
		kind: 'visit',
		record_id: newId(),
		group_id: GROUP_3,
		base: null,
		fields: {
			household_id,
			day: TODAY,
			place: 'home',
			topics: ['vneid'],
			outcome: 'helped',
			people_helped: 1,
			people_by_group: {},
			barriers: [],
			campaign: '',
			follow_up_on: null,
			note: '',
			...fields
		}
	};
}

/** A change of a record as it stands. */
export function changeOf(row: Row | undefined, fields: ChangedFields): Edit {
	if (!row) throw new Error('there is no record to change');
	return { kind: row.kind, record_id: row.id, group_id: row.group_id, base: row.seq, fields };
}

/** A record as the server sends it. */
export function pulledRow(kind: Kind, seq: number, fields: Partial<Common> & ChangedFields): Row {
	const common = {
		id: newId(),
		group_id: GROUP_3,
		seq,
		author_id: CAM,
		recorded_at: '2026-11-01T02:00:00+00:00',
		discarded: false
	};
	return { ...blankRow(kind, common), ...fields };
}

/** A pull of one group. */
export function pulled(rows: Row[], more: Partial<PulledGroup> = {}): PulledGroup {
	const of = (kind: Kind) => columnsOf(rows.filter((row) => row.kind === kind));
	return {
		group_id: GROUP_3,
		cursor: `${Math.max(0, ...rows.map((row) => row.seq ?? 0))}.x`,
		more: false,
		reset: false,
		households: of('household'),
		visits: of('visit'),
		signups: of('signup'),
		trainings: of('training'),
		requests: of('request'),
		goals: of('goal'),
		thanks: of('thank'),
		...more
	};
}

export function answer(...groups: PulledGroup[]) {
	return { server_time: '2026-11-02T02:00:00Z', groups };
}

/** Changes what lies on the disk behind the application's back. */
export async function tamper(store: string, change: (value: { sealed: Uint8Array }) => void) {
	const database = await openDB(`tung-nha-${BUOI}`);
	for (const value of await database.getAll(store)) {
		change(value);
		await database.put(store, value);
	}
	database.close();
}

/** Damages it. */
export const spoil = ({ sealed }: { sealed: Uint8Array }) =>
	void (sealed[20] = (sealed[20] ?? 0) ^ 1);
