import { v7 } from 'uuid';
import type { Identity } from '../../src/lib/server/database/database';
import { withOwner } from '../support/databases';
import { units } from '../support/small_city';

export type PersonOfGroup = { who: Identity; group_id: string };

/** Members with a live session, each in a team of its own, spread over so many new groups of a ward. */
export async function peopleOfGroups(
	url: string,
	people: number,
	groups: number
): Promise<PersonOfGroup[]> {
	const group_ids = Array.from({ length: groups }, () => v7());
	const made = Array.from({ length: people }, (_, n) => ({
		person_id: v7(),
		team_id: v7(),
		group_id: group_ids[n % groups] ?? ''
	}));
	await withOwner(url, async ({ query }) => {
		const city = `(select city_id from app.cities)`;
		for (const group_id of group_ids) {
			await query(
				`insert into app.units (city_id, unit_id, level, kind, name) values (${city}, $1, 'group', 'tdp', 'Tổ')`,
				[group_id]
			);
			await query(
				`insert into app.unit_parents (city_id, unit_id, parent_id) values (${city}, $1, $2)`,
				[group_id, units.haiChau]
			);
		}
		for (const { person_id, team_id, group_id } of made) {
			await query(
				`insert into app.people (city_id, person_id, name) values (${city}, $1, 'Người đo')`,
				[person_id]
			);
			await query(`insert into app.teams (city_id, team_id, name) values (${city}, $1, 'Tổ đo')`, [
				team_id
			]);
			await query(
				`insert into app.team_groups (city_id, team_id, group_id, from_day) values (${city}, $1, $2, '2025-07-01')`,
				[team_id, group_id]
			);
			await query(
				`insert into app.memberships (city_id, membership_id, person_id, role, team_id, from_day)
				values (${city}, gen_random_uuid(), $1, 'member', $2, '2025-07-01')`,
				[person_id, team_id]
			);
			await query(
				`insert into app.sessions (city_id, session_hash, sid, person_id, expires_at)
				values (${city}, encode(sha256($1::uuid::text::bytea), 'hex'), $1::uuid, $1::uuid, now() + interval '1 day')`,
				[person_id]
			);
		}
	});
	return made.map(({ person_id, group_id }) => ({
		who: {
			role: 'authenticated',
			claims: { role: 'authenticated', sub: person_id, sid: person_id }
		},
		group_id
	}));
}
