import { expect, test } from 'vitest';
import {
	daysSilent,
	heldBack,
	silentMembers,
	type Member,
	type SeenPhone
} from '../../src/lib/domain/phones';

const AT = '2026-11-23T05:00:00Z';

function seen(last_contact: string, more: Partial<SeenPhone> = {}): SeenPhone {
	const nothing = {
		waiting: null,
		oldest_at: null,
		app_version: null,
		storage_persisted: null,
		clock_ahead_s: null
	};
	return { last_contact, ...nothing, ...more };
}

function member(name: string, ...phones: SeenPhone[]): Member {
	const team = { team_id: 't', team_name: 'Tổ 3', groups: ['Tổ 3'], ward_name: 'Hải Châu' };
	return { person_id: name, name, role: 'member', ...team, call: null, phones };
}

test('who was not in contact for a week is asked after, the longest silent first', () => {
	const members = [
		member('Bưởi', seen('2026-11-16T05:00:01Z')),
		member('Cam', seen('2026-11-16T05:00:00Z')),
		member('Dừa'),
		member('Ổi', seen('2026-10-01T05:00:00Z'))
	];
	expect(silentMembers(members, AT).map(({ member, days }) => [member.name, days])).toEqual([
		['Ổi', 53],
		['Cam', 7],
		['Dừa', null]
	]);
});

test('one phone in contact is enough, and a clock that is ahead is no silence', () => {
	const two = member('Bưởi', seen('2026-11-23T01:00:00Z'), seen('2026-01-01T00:00:00Z'));
	expect(daysSilent(two, AT)).toBe(0);
	expect(daysSilent(member('Cam', seen('2026-11-24T00:00:00Z')), AT)).toBe(0);
});

test('what all phones of a member hold back is added up, with the oldest of all', () => {
	const held = member(
		'Bưởi',
		seen('2026-11-23T01:00:00Z', { waiting: 2, oldest_at: '2026-11-22T00:00:00Z' }),
		seen('2026-11-20T01:00:00Z', { waiting: 3, oldest_at: '2026-11-19T00:00:00Z' }),
		seen('2026-11-20T01:00:00Z')
	);
	expect(heldBack(held)).toEqual({ count: 5, oldest_at: '2026-11-19T00:00:00Z' });
	expect(heldBack(member('Cam'))).toEqual({ count: 0, oldest_at: null });
});
