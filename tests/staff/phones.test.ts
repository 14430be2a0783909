import { expect, test } from 'vitest';
import type { Member } from '../../src/lib/domain/phones';
import { inOrder } from '../../src/routes/(staff)/order';
import { found, rowsOf, valueOf } from '../../src/routes/(staff)/phones/rows';

function member(name: string, groups: string[], ...contacts: string[]): Member {
	return {
		person_id: name,
		name,
		role: 'member',
		team_id: groups.join(),
		team_name: `Tổ CNSCĐ ${groups.join()}`,
		groups,
		ward_name: 'Hải Châu',
		call: null,
		phones: contacts.map((last_contact) => ({
			last_contact,
			waiting: 0,
			oldest_at: null,
			app_version: null,
			clock_ahead_s: null,
			storage_persisted: true
		}))
	};
}

const rows = rowsOf([
	member('Đào', ['Tổ 10'], '2026-11-20T00:00:00Z'),
	member('Bưởi', ['Tổ 3'], '2026-11-23T00:00:00Z', '2026-10-01T00:00:00Z'),
	member('Cam', ['Tổ 3'])
]);
const names = (list: typeof rows) =>
	list.map(({ member, nth }) => `${member.name} ${nth ?? ''}`.trim());

test('each phone has a row, and so has a member who never was in contact', () => {
	expect(names(rows)).toEqual(['Đào', 'Bưởi 1', 'Bưởi 2', 'Cam']);
	expect(new Set(rows.map(({ key }) => key)).size).toBe(4);
});

test('teams stand in order, and the longest silent come first when asked for', () => {
	expect(names(inOrder(rows, valueOf, { by: 'team', down: false }))).toEqual([
		'Bưởi 1',
		'Bưởi 2',
		'Cam',
		'Đào'
	]);
	expect(names(inOrder(rows, valueOf, { by: 'last_contact', down: false }))).toEqual([
		'Bưởi 2',
		'Đào',
		'Bưởi 1',
		'Cam'
	]);
});

test('people and teams are found without marks', () => {
	expect(names(found(rows, 'dao'))).toEqual(['Đào']);
	expect(names(found(rows, 'to 3 hai chau'))).toEqual(['Bưởi 1', 'Bưởi 2', 'Cam']);
});
