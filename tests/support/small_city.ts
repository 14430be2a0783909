import { createHash } from 'node:crypto';
import type { OwnerDatabase } from '../../src/run/migrations';

/** The same id for the same words, in every run. */
export function idOf(words: string): string {
	const hex = createHash('sha256').update(words).digest('hex');
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const CITY = 'thu-nghiem';

export const units = {
	city: idOf('city'),
	area: idOf('area Hải Châu'),
	otherArea: idOf('area Cẩm Lệ'),
	haiChau: idOf('ward Hải Châu'),
	hoaCuong: idOf('ward Hòa Cường'),
	camLe: idOf('ward Cẩm Lệ'),
	to3: idOf('group Tổ 3'),
	to4: idOf('group Tổ 4'),
	to1HoaCuong: idOf('group Tổ 1 Hòa Cường'),
	to1CamLe: idOf('group Tổ 1 Cẩm Lệ')
};

/** The cast of every test: who they are and where they belong. */
export const cast = {
	volunteer: { person_id: idOf('Bưởi'), name: 'Trần Thị Bưởi' },
	teammate: { person_id: idOf('Cam'), name: 'Lê Văn Cam' },
	leader: { person_id: idOf('Dừa'), name: 'Nguyễn Thị Dừa' },
	officer: { person_id: idOf('Khế'), name: 'Phạm Văn Khế' },
	coordinator: { person_id: idOf('Mận'), name: 'Đặng Thị Mận' },
	city: { person_id: idOf('Ổi'), name: 'Hoàng Văn Ổi' },
	stranger: { person_id: idOf('Quýt'), name: 'Võ Thị Quýt' },
	farCoordinator: { person_id: idOf('Sim'), name: 'Bùi Thị Sim' },
	administrator: { person_id: idOf('Vải'), name: 'Bành Thị Vải' },
	nobody: { person_id: idOf('Táo'), name: 'Ngô Văn Táo' }
};
export type CastName = keyof typeof cast;

/** A city of four groups in three wards and two areas, with its people. Ward Cẩm Lệ has no denominator. */
export async function settleSmallCity(db: OwnerDatabase): Promise<void> {
	const u = units;
	await db.exec(`
		insert into app.cities (city_id, name) values ('${CITY}', 'Thành phố thử');
		insert into app.editions values ('thu', 'Danh mục thử', '2025-07-01', null, 'bịa cho kiểm thử');
		insert into app.units (city_id, unit_id, level, kind, name) values
			${rows([
				[u.city, 'city', 'city', 'Thành phố thử'],
				[u.area, 'area', 'area', 'Địa bàn Hải Châu'],
				[u.otherArea, 'area', 'area', 'Địa bàn Cẩm Lệ'],
				[u.haiChau, 'ward', 'ward', 'Hải Châu'],
				[u.hoaCuong, 'ward', 'ward', 'Hòa Cường'],
				[u.camLe, 'ward', 'ward', 'Cẩm Lệ'],
				[u.to3, 'group', 'tdp', 'Tổ 3'],
				[u.to4, 'group', 'tdp', 'Tổ 4'],
				[u.to1HoaCuong, 'group', 'tdp', 'Tổ 1'],
				[u.to1CamLe, 'group', 'tdp', 'Tổ 1']
			])};
		insert into app.unit_parents (city_id, unit_id, parent_id) values
			${rows([
				[u.area, u.city],
				[u.otherArea, u.city],
				[u.haiChau, u.area],
				[u.hoaCuong, u.area],
				[u.camLe, u.otherArea],
				[u.to3, u.haiChau],
				[u.to4, u.haiChau],
				[u.to1HoaCuong, u.hoaCuong],
				[u.to1CamLe, u.camLe]
			])};
		insert into app.unit_codes (city_id, unit_id, code, official_name, edition) values
			${rows([
				[u.haiChau, '20242', 'Phường Hải Châu', 'thu'],
				[u.hoaCuong, '20257', 'Phường Hòa Cường', 'thu'],
				[u.camLe, '20260', 'Phường Cẩm Lệ', 'thu']
			])};
		insert into app.denominators (city_id, unit_id, measure, as_of, value, source) values
			('${CITY}', '${u.haiChau}', 'households', '2026-01-01', 40, 'bịa'),
			('${CITY}', '${u.hoaCuong}', 'households', '2026-01-01', 20, 'bịa'),
			('${CITY}', '${u.to3}', 'households', '2026-01-01', 10, 'bịa');
		insert into app.group_logs (city_id, group_id) values
			${rows([[u.to3], [u.to4], [u.to1HoaCuong], [u.to1CamLe]])};
		insert into app.people (city_id, person_id, name) values
			${rows(Object.values(cast).map((one) => [one.person_id, one.name]))};
		insert into app.teams (city_id, team_id, name) values
			${rows([
				[idOf('team Tổ 3'), 'Tổ CNSCĐ Tổ 3'],
				[idOf('team Hòa Cường'), 'Tổ CNSCĐ Tổ 1']
			])};
		insert into app.team_groups (city_id, team_id, group_id, from_day) values
			${rows([
				[idOf('team Tổ 3'), u.to3, '2025-07-01'],
				[idOf('team Hòa Cường'), u.to1HoaCuong, '2025-07-01']
			])};
		insert into app.memberships (city_id, membership_id, person_id, role, team_id, from_day) values
			${rows([
				[idOf('m1'), cast.volunteer.person_id, 'member', idOf('team Tổ 3'), '2025-07-01'],
				[idOf('m2'), cast.teammate.person_id, 'member', idOf('team Tổ 3'), '2025-07-01'],
				[idOf('m3'), cast.leader.person_id, 'leader', idOf('team Tổ 3'), '2025-07-01'],
				[idOf('m4'), cast.stranger.person_id, 'member', idOf('team Hòa Cường'), '2025-07-01']
			])};
		insert into app.memberships (city_id, membership_id, person_id, role, unit_id, from_day) values
			${rows([
				[idOf('m5'), cast.officer.person_id, 'ward_officer', u.haiChau, '2025-07-01'],
				[idOf('m6'), cast.coordinator.person_id, 'area_coordinator', u.area, '2025-07-01'],
				[idOf('m7'), cast.city.person_id, 'city_office', u.city, '2025-07-01'],
				[idOf('m8'), cast.farCoordinator.person_id, 'area_coordinator', u.otherArea, '2025-07-01'],
				[idOf('m9'), cast.administrator.person_id, 'administrator', u.city, '2025-07-01']
			])};
		insert into app.sessions (city_id, session_hash, sid, person_id, kind, expires_at)
		select '${CITY}', encode(sha256(p.person_id::text::bytea), 'hex'), p.person_id, p.person_id,
			case when exists (select from app.memberships m where m.person_id = p.person_id and m.unit_id is not null)
				then 'password' else 'device' end, now() + interval '1 day'
		from app.people p;`);
}

/** Rows of constants for `values`, each led by the city. */
function rows(list: string[][]): string {
	return list.map((row) => `('${[CITY, ...row].join("', '")}')`).join(', ');
}
