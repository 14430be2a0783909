import { daNang } from '../city';
import { IN_FORCE } from '../units/editions';
import { idOf } from '../id';
import { areaId, unitId } from '../units/ids';

/** A ward of the demo city in which groups are at work. The ward is real, its groups are not. */
export type DemoWard = {
	ward_id: string;
	name: string;
	/** The share of the registered households that its groups have reached. */
	pace: number;
	/** Whether an office has typed how many households there are; without it there is no rate. */
	denominators: boolean;
	groups: DemoGroup[];
};

export type DemoGroup = {
	group_id: string;
	ward_id: string;
	name: string;
	kind: 'tdp' | 'thon';
	/** As people say it: "Tổ 3, phường Hải Châu". */
	place: string;
	/** The share of its registered households that it has reached. */
	pace: number;
	/** Days before today on which nothing was done: a group that somebody should ask. */
	quiet_days: number;
};

/** What a group is when it differs from its ward. */
type Special = { pace?: number; quiet_days?: number };

const TO = ['Tổ 1', 'Tổ 2', 'Tổ 3', 'Tổ 4', 'Tổ 5'];
const THON = ['Thôn Vườn Mít', 'Thôn Suối Chanh', 'Thôn Đồi Dứa', 'Thôn Gò Sim', 'Thôn Bến Ổi'];

/** Steps around the pace of a ward, so that its groups differ. */
const SPREAD = [0.03, -0.07, 0.08, -0.11, 0.01];

/** The city's paces, from a ward that is nearly through to one that has only begun. */
export const wards: DemoWard[] = [
	ward('20242', 'Phường Hải Châu', 0.73, TO, { 'Tổ 3': { pace: 0.66 } }),
	ward('20257', 'Phường Hòa Cường', 0.55, TO, { 'Tổ 4': { pace: 0.36, quiet_days: 13 } }),
	ward('20209', 'Phường Thanh Khê', 0.93, TO),
	ward('20275', 'Phường An Hải', 0.44, TO, { 'Tổ 2': { quiet_days: 9 } }),
	{ ...ward('20285', 'Phường Ngũ Hành Sơn', 0.62, TO), denominators: false },
	ward('20308', 'Xã Bà Nà', 0.31, THON)
];

export const groups: DemoGroup[] = wards.flatMap((it) => it.groups);

export function groupId(ward_id: string, name: string): string {
	return idOf(daNang.city_id, 'group', ward_id, name);
}

/** The area of the coordinator in the cast, and the city, by the ids that the units have. */
export const area_id = areaId(daNang.city_id, 'Quận Hải Châu');
export const city_unit_id = unitId(daNang.city_id, 'dn-2023', '48');

function ward(
	code: string,
	name: string,
	pace: number,
	names: string[],
	special: Record<string, Special> = {}
): DemoWard {
	const ward_id = unitId(daNang.city_id, IN_FORCE, code);
	return {
		ward_id,
		name,
		pace,
		denominators: true,
		groups: names.map((group, n) => ({
			group_id: groupId(ward_id, group),
			ward_id,
			name: group,
			kind: names === THON ? 'thon' : 'tdp',
			place: `${group}, ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
			pace: Math.min(0.97, pace + (SPREAD[n] ?? 0)),
			quiet_days: 0,
			...special[group]
		}))
	};
}
