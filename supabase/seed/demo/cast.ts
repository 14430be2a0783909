import { daNang } from '../city';
import { idOf } from '../id';
import { area_id, city_unit_id, groups, wards, type DemoGroup } from './places';

/** Somebody whom the tests and the demo's sign-in page know by name. Fruit: visibly invented. */
export type CastMember = {
	person_id: string;
	name: string;
	role: 'member' | 'leader' | 'ward_officer' | 'area_coordinator' | 'city_office' | 'administrator';
	/** As the sign-in page says it. */
	place: string;
	/** The group of the team, or else the unit that the role is about. */
	unit_id: string;
};

const group = groupAt('Tổ 3, phường Hải Châu');
const otherGroup = groupAt('Tổ 1, phường Hòa Cường');
const ward = wardNamed('Phường Hải Châu');
const area = { unit_id: area_id, name: 'Địa bàn quận Hải Châu cũ' };
const city = { unit_id: city_unit_id, name: 'Thành phố Đà Nẵng' };

/** One cast for the seed, the demo and all tests. Ids never change. */
export const cast = {
	volunteer: person('Trần Thị Bưởi', 'member', group.place, group.group_id),
	teammate: person('Lê Văn Cam', 'member', group.place, group.group_id),
	leader: person('Nguyễn Thị Dừa', 'leader', group.place, group.group_id),
	officer: person('Phạm Văn Khế', 'ward_officer', 'Phường Hải Châu', ward.unit_id),
	coordinator: person('Đặng Thị Mận', 'area_coordinator', area.name, area.unit_id),
	city: person('Hoàng Văn Ổi', 'city_office', city.name, city.unit_id),
	administrator: person('Bành Thị Vải', 'administrator', city.name, city.unit_id),
	/** Works in another ward: sees nothing of the others' group. */
	stranger: person('Võ Thị Quýt', 'member', otherGroup.place, otherGroup.group_id),
	city_id: daNang.city_id,
	city_unit: city,
	area,
	ward,
	group,
	otherGroup
};

/** The people whom the demo's sign-in page offers, in its order: one for each role. */
export const offered: CastMember[] = [
	cast.volunteer,
	cast.leader,
	cast.officer,
	cast.coordinator,
	cast.city,
	cast.administrator
];

/** Who of the cast works in the team of a group. */
export function castOf({ group_id }: DemoGroup): CastMember[] {
	return [cast.volunteer, cast.teammate, cast.leader, cast.stranger].filter(
		(it) => it.unit_id === group_id
	);
}

function person(
	name: string,
	role: CastMember['role'],
	place: string,
	unit_id: string
): CastMember {
	return { person_id: idOf(daNang.city_id, 'cast', name), name, role, place, unit_id };
}

function groupAt(place: string): DemoGroup {
	const found = groups.find((it) => it.place === place);
	if (!found) throw new Error(`the demo city has no group "${place}"`);
	return found;
}

function wardNamed(name: string): { unit_id: string; name: string } {
	const found = wards.find((it) => it.name === name);
	if (!found) throw new Error(`the demo city has no ward "${name}"`);
	return { unit_id: found.ward_id, name };
}
