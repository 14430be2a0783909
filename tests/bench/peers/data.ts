import { createHash } from 'node:crypto';
import type { Change } from '../../../src/lib/domain/change';
import type { All, Home, Seen } from './store';
import { localDay } from '../../support/changes';

/** The households and visits of a bench, each as the change that a phone sent. All of it is invented. */
export type Work = { group_id: string; households: Change[]; visits: Change[] };

const LANES = ['Hoa Gạo', 'Bến Sông', 'Cây Đa', 'Giếng Làng', 'Đồi Sim', 'Sân Đình'];
const TOPICS = ['vneid', 'cong_dich_vu_cong', 'thanh_toan', 'an_toan', 'suc_khoe'];
const NOTES = ['', '', '', '', 'Hẹn quay lại buổi tối', 'Cần hướng dẫn thêm về mã PIN'];

/** The same records in every run: so many in each group, the visits spread over the households. */
export function workOf(group_ids: string[], households: number, visits: number): Work[] {
	const random = randomFrom(7);
	let n = 0;
	return group_ids.map((group_id) => {
		const homes = Array.from({ length: households }, () =>
			created('household', group_id, random, {
				// Unlike any other, so that every store has one order for them.
				label: `Nhà ${String(++n).padStart(5, '0')} ngõ ${pick(LANES, random)}`,
				adults: 1 + Math.floor(random() * 5),
				smartphone: random() < 0.7,
				internet: random() < 0.6,
				digital_address: random() < 0.3 ? null : random() < 0.5,
				note: pick(NOTES, random)
			})
		);
		const seen = Array.from({ length: visits }, () => visitTo(pick(homes, random), random));
		return { group_id, households: homes, visits: seen };
	});
}

/** The records that these changes make, as every store should hold them. */
export function recordsOf(...changes: Change[]): All {
	const of = (kind: Change['kind']) =>
		changes
			.filter((change) => change.kind === kind)
			.map(({ record_id: id, group_id, fields }) => ({ id, group_id, ...fields }));
	return { households: of('household') as Home[], visits: of('visit') as unknown as Seen[] };
}

/** All that was done somewhere, in the order of doing. */
export function changesOf(...work: Work[]): Change[] {
	return work.flatMap(({ households, visits }) => [...households, ...visits]);
}

/** New visits to households of a group, not yet sent. */
export function visitsTo(homes: Change[], count: number, seed: number): Change[] {
	const random = randomFrom(seed);
	return Array.from({ length: count }, () => visitTo(pick(homes, random), random));
}

function visitTo(home: Change, random: () => number): Change {
	return created('visit', home.group_id, random, {
		household_id: home.record_id,
		day: localDay(-Math.floor(random() * 180)),
		place: 'home',
		topics: random() < 0.3 ? [pick(TOPICS, random), 'khac'] : [pick(TOPICS, random)],
		outcome: 'helped',
		people_helped: 1 + Math.floor(random() * 4),
		people_by_group: random() < 0.4 ? { cao_tuoi: 1 } : {},
		barriers: random() < 0.2 ? ['ngai_dung'] : [],
		note: pick(NOTES, random)
	});
}

function created(
	kind: Change['kind'],
	group_id: string,
	random: () => number,
	fields: Change['fields']
): Change {
	const at = new Date(Date.now() - Math.floor(random() * 180 * 86_400_000)).toISOString();
	return { change_id: id(random), kind, record_id: id(random), group_id, base: null, fields, at };
}

/** Looks like a UUID of version 7, whose last half is as random as a real one's. */
function id(random: () => number): string {
	const time = (1_780_000_000_000 + Math.floor(random() * 15_000_000_000)).toString(16);
	const rest = createHash('sha256').update(String(random())).digest('hex');
	return `${`0${time}`.slice(0, 8)}-${`0${time}`.slice(8, 12)}-7${rest.slice(0, 3)}-8${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

function pick<T>(from: T[], random: () => number): T {
	// Never empty, and the index never beyond its end.
	return from[Math.floor(random() * from.length)] as T;
}

/** mulberry32 */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
}
