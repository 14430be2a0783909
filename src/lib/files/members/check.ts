import { privateIn } from '../../domain/checks/note';
import type { MemberProblem, ProblemCode } from '../../domain/problems';
import type { MemberLists, MemberRow } from '../../domain/team';
import { clean } from '../../domain/text';
import type { Mapping, Sheet } from '../mapping';
import { Reading } from '../reading';
import type { TableProblem, TableRow } from '../table';
import type { MemberField } from './fields';
import { placesOf, type Places } from './places';
import { roleOf } from './role';

/** What a file of members means. `rows` is empty as long as anything must be mended. */
export type CheckedMembers = { rows: MemberRow[]; teams: number; problems: TableProblem[] };

type Reader = Reading<MemberField, MemberProblem | ProblemCode>;

/** Reads the whole file before anything is written, and says of every cell what is wrong with it. */
export function checkMembers(
	lists: MemberLists,
	sheet: Sheet,
	mapping: Mapping<MemberField>
): CheckedMembers {
	const reading: Reader = new Reading(mapping);
	const places = placesOf(lists);
	const read = sheet.rows.map((row) => memberOf(reading, places, row));
	const rows = read.filter((row) => row !== null);
	noteRepeats(reading, sheet, rows);
	return {
		rows: reading.stopped ? [] : rows,
		teams: new Set(rows.map(([, , , , team, group]) => team ?? group)).size,
		problems: reading.problems
	};
}

function memberOf(reading: Reader, places: Places, row: TableRow): MemberRow | null {
	const name = reading.needed(row, 'name', 120);
	const hidden = privateIn(name);
	// What stands there is not repeated.
	if (hidden && !reading.stopsAt(row, 'name')) reading.add(hidden, row, 'name');
	const said = reading.text(row, 'role');
	const role = roleOf(said);
	if (!role) reading.add('member_role_unknown', row, 'role', { value: said.slice(0, 80) });
	const phone = phoneOf(reading, row);
	const place = placeOf(reading, places, row);
	if (!name || !role || !place) return null;
	return [row.at, name, phone, role, place[4], place[4] ? null : place[0]];
}

/** As the database keeps it: digits, from 0. A spreadsheet that took it for a number lost the 0. */
function phoneOf(reading: Reader, row: TableRow): string | null {
	const { text, kept_as } = reading.cell(row, 'phone');
	const digits = clean(text).replace(/[\s.()-]/g, '');
	if (digits === '') return null;
	const whole = kept_as === 'number' && /^[1-9]\d{8}$/.test(digits) ? `0${digits}` : digits;
	const phone = whole.replace(/^\+?84(?=\d{9,10}$)/, '0');
	if (/^0\d{9,10}$/.test(phone)) return phone;
	// What stands there is not repeated: it may be somebody's number all the same.
	reading.add('member_phone', row, 'phone');
	return null;
}

function placeOf(reading: Reader, places: Places, row: TableRow) {
	const words = {
		group: reading.text(row, 'group'),
		ward: reading.text(row, 'ward'),
		team: reading.text(row, 'team')
	};
	const field = words.team ? 'team' : 'group';
	const value = (words.team || words.group).slice(0, 80);
	if (!value) {
		reading.add('member_place_missing', row, field);
		return null;
	}
	if (words.ward && !places.knowsWard(words.ward)) {
		reading.add('member_ward_unknown', row, 'ward', { value: words.ward.slice(0, 80) });
		return null;
	}
	const [place, another] = places.find(words);
	if (!place) reading.add('member_group_unknown', row, field, { value });
	else if (another) reading.add('member_group_ambiguous', row, field, { value });
	return another ? null : (place ?? null);
}

/** The same person twice in a team, and a second leader: one of the two rows is a slip. */
function noteRepeats(reading: Reader, sheet: Sheet, rows: MemberRow[]) {
	const first = new Map<string, number>();
	const rowAt = new Map(sheet.rows.map((row) => [row.at, row]));
	const once = (key: string, at: number, code: MemberProblem, field: MemberField) => {
		const before = first.get(key);
		if (before === undefined) first.set(key, at);
		else reading.add(code, rowAt.get(at) ?? null, field, { details: { row: before } });
	};
	for (const [at, name, phone, role, team, group] of rows) {
		const place = team ?? group;
		once(`${place} ${name.toLowerCase()} ${phone ?? ''}`, at, 'twice_in_file', 'name');
		if (role === 'leader') once(`leader of ${place}`, at, 'has_leader', 'role');
	}
}
