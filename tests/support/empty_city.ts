import { v7 } from 'uuid';
import type { Identity } from '../../src/lib/server/database/database';
import type { UnitLists } from '../../src/lib/domain/unit';
import { guessMapping, sheetOf, type Field, type Mapped } from '../../src/lib/files/mapping';
import { readTable } from '../../src/lib/files/table';
import { checkUnits, type UnitChoice } from '../../src/lib/files/units/check';
import { successionFields, unitFields } from '../../src/lib/files/units/fields';
import type { OwnerDatabase } from '../../src/run/migrations';

/** A city of which nothing is known but its name, and the person who sets it up. */
export async function settleEmptyCity(
	db: OwnerDatabase,
	name: string,
	role = 'administrator'
): Promise<Identity> {
	const [person_id, unit_id] = [v7(), v7()];
	await db.query(`insert into app.cities (city_id, name) values ('moi', $1)`, [name]);
	await db.query(
		`insert into app.units (city_id, unit_id, level, kind, name) values ('moi', $1, 'city', 'thanh_pho', $2)`,
		[unit_id, name]
	);
	await db.query(
		`insert into app.people (city_id, person_id, name) values ('moi', $1, 'Cao Thị Chanh')`,
		[person_id]
	);
	await db.query(
		`insert into app.memberships (city_id, membership_id, person_id, role, unit_id, from_day)
		values ('moi', gen_random_uuid(), $1, $2, $3, '2020-01-01')`,
		[person_id, role, unit_id]
	);
	await db.query(
		`insert into app.sessions (city_id, session_hash, sid, person_id, kind, expires_at)
		values ('moi', encode(sha256($1::uuid::text::bytea), 'hex'), $1, $1, 'password', now() + interval '1 day')`,
		[person_id]
	);
	return {
		role: 'authenticated',
		claims: { role: 'authenticated', sub: person_id, sid: person_id }
	};
}

/** A file as the import screen reads it, its columns as they are guessed. */
export async function mapped<Name extends string>(
	file: Uint8Array | string,
	fields: readonly Field<Name>[]
): Promise<Mapped<Name>> {
	const bytes = typeof file === 'string' ? new TextEncoder().encode(file) : file;
	const answer = await readTable('tệp', bytes);
	if ('problem' in answer) throw new Error(answer.problem.code);
	const sheet = sheetOf(answer.table, fields);
	return { sheet, mapping: guessMapping(sheet.heading, fields) };
}

/** The check of a file as the import screen makes it. */
export async function check(
	lists: UnitLists,
	file: Uint8Array | string,
	choice: Partial<UnitChoice> = {},
	successions: string | null = null
) {
	const units = await mapped(file, unitFields);
	// Who has a list of its own for that leaves the column of old units out.
	if (successions !== null) delete units.mapping.predecessors;
	return checkUnits(
		lists,
		units,
		successions === null ? null : await mapped(successions, successionFields),
		{ edition: null, source: '', as_of: null, today: '2026-11-20', ...choice },
		v7
	);
}
