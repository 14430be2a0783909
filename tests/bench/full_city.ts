import type { OwnerDatabase } from '../../src/run/migrations';

/** How large the invented city is: Đà Nẵng's wards, teams and members, and about its households. */
export const FULL_CITY = { wards: 93, groups: 3_766, members: 24_303, households: 400_000 };

/** Ids that can be computed: the same words give the same one, in this file and in SQL. */
export const idSql = (words: string) => `md5('full city ' || ${words})::uuid`;

/**
 * Fills an empty database with an invented city of full size: an edition with its wards under areas,
 * a team for each group, its members with a live session each (session and person share an id), and
 * figures for every group. One statement a table, so that it takes seconds. Households are many
 * times more than all the rest, so they come only where they are asked for.
 */
export async function settleFullCity(
	db: OwnerDatabase,
	{ households = 0 }: { households?: number } = {}
): Promise<void> {
	const { wards, groups, members } = FULL_CITY;
	await db.exec(`
		insert into app.cities (city_id, name, demo) values ('day-du', 'Thành phố bịa đủ cỡ', true);
		insert into app.editions values ('bia', 'Danh mục bịa', '2025-07-01', null, 'bịa để đo');
		insert into app.units (city_id, unit_id, level, kind, name, invented) values
			('day-du', ${idSql(`'city'`)}, 'city', 'thanh_pho', 'Thành phố bịa đủ cỡ', true);
		insert into app.units (city_id, unit_id, level, kind, name, invented)
			select 'day-du', ${idSql(`'area ' || n`)}, 'area', 'dia_ban', 'Địa bàn số ' || n, true
			from generate_series(0, 8) n;
		insert into app.units (city_id, unit_id, level, kind, name, invented)
			select 'day-du', ${idSql(`'ward ' || n`)}, 'ward', 'phuong', 'Phường số ' || n, true
			from generate_series(0, ${wards - 1}) n;
		insert into app.units (city_id, unit_id, level, kind, name, invented)
			select 'day-du', ${idSql(`'group ' || n`)}, 'group', 'tdp', 'Tổ ' || n / ${wards} + 1, true
			from generate_series(0, ${groups - 1}) n;
		insert into app.unit_parents (city_id, unit_id, parent_id)
			select 'day-du', ${idSql(`'area ' || n`)}, ${idSql(`'city'`)} from generate_series(0, 8) n
			union all
			select 'day-du', ${idSql(`'ward ' || n`)}, ${idSql(`'area ' || n % 9`)} from generate_series(0, ${wards - 1}) n
			union all
			select 'day-du', ${idSql(`'group ' || n`)}, ${idSql(`'ward ' || n % ${wards}`)} from generate_series(0, ${groups - 1}) n;
		insert into app.unit_codes (city_id, edition, code, unit_id, official_name)
			select 'day-du', 'bia', (90000 + n)::text, ${idSql(`'ward ' || n`)}, 'Phường số ' || n
			from generate_series(0, ${wards - 1}) n;
		insert into app.denominators (city_id, unit_id, measure, as_of, value, source)
			select 'day-du', ${idSql(`'group ' || n`)}, m.measure, '2026-01-01', m.size, 'bịa để đo'
			from generate_series(0, ${groups - 1}) n, (values ('households', 106), ('adults', 260)) m(measure, size);
		insert into app.teams (city_id, team_id, name)
			select 'day-du', ${idSql(`'team ' || n`)}, 'Tổ CNSCĐ số ' || n from generate_series(0, ${groups - 1}) n;
		insert into app.team_groups (city_id, team_id, group_id, from_day)
			select 'day-du', ${idSql(`'team ' || n`)}, ${idSql(`'group ' || n`)}, '2025-07-01'
			from generate_series(0, ${groups - 1}) n;
		insert into app.people (city_id, person_id, name)
			select 'day-du', ${idSql(`'person ' || n`)}, 'Người bịa số ' || n from generate_series(0, ${members - 1}) n;
		insert into app.memberships (city_id, membership_id, person_id, role, team_id, from_day)
			select 'day-du', ${idSql(`'membership ' || n`)}, ${idSql(`'person ' || n`)},
				case when n < ${groups} then 'leader' else 'member' end, ${idSql(`'team ' || n % ${groups}`)}, '2025-07-01'
			from generate_series(0, ${members - 1}) n;
		insert into app.people (city_id, person_id, name)
			select 'day-du', ${idSql(`'staff ' || r.role`)}, 'Cán bộ bịa: ' || r.vi from app.roles r
			where r.role not in ('member', 'leader', 'deputy');
		insert into app.memberships (city_id, membership_id, person_id, role, unit_id, from_day)
			select 'day-du', ${idSql(`'membership ' || r.role`)}, ${idSql(`'staff ' || r.role`)}, r.role,
				case r.role when 'ward_officer' then ${idSql(`'ward 0'`)}
					when 'area_coordinator' then ${idSql(`'area 0'`)} else ${idSql(`'city'`)} end, '2025-07-01'
			from app.roles r where r.role not in ('member', 'leader', 'deputy');
		insert into app.sessions (city_id, session_hash, sid, person_id, kind, expires_at)
			select distinct on (p.person_id) 'day-du', encode(sha256(p.person_id::text::bytea), 'hex'), p.person_id, p.person_id,
				case when m.unit_id is null then 'device' else 'password' end, now() + interval '1 day'
			from app.people p join app.memberships m on m.city_id = p.city_id and m.person_id = p.person_id;
		insert into app.group_logs (city_id, group_id)
			select 'day-du', ${idSql(`'group ' || n`)} from generate_series(0, ${groups - 1}) n;`);
	if (households > 0) await settleHouseholds(db, households);
	await db.exec('analyze');
}

/** As they lie after years of work: numbered in the log of their group, written by its leader. */
async function settleHouseholds(db: OwnerDatabase, households: number): Promise<void> {
	const { groups } = FULL_CITY;
	await db.exec(`
		insert into app.households (city_id, id, group_id, seq, author_id, recorded_at, label, adults)
			select 'day-du', ${idSql(`'household ' || n`)}, ${idSql(`'group ' || n % ${groups}`)}, n / ${groups} + 1,
				${idSql(`'person ' || n % ${groups}`)}, timestamptz '2026-01-05 08:00+07' + n % 200000 * interval '1 minute',
				'Nhà bịa số ' || n, 1 + n % 5
			from generate_series(0, ${households - 1}) n;
		update app.group_logs l set last_seq = s.seq
		from (select h.group_id, max(h.seq) as seq from app.households h group by h.group_id) s
		where l.group_id = s.group_id;`);
}

/** The token of somebody of the full city: `person 12`, `staff city_office`. */
export async function identityIn(db: OwnerDatabase, who: string) {
	const [row] = await db.query<{ id: string }>(`select ${idSql(`'${who}'`)} as id`);
	const id = row?.id ?? '';
	return {
		role: 'authenticated' as const,
		claims: { role: 'authenticated', sub: id, sid: id }
	};
}
