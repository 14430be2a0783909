import { expect, test } from 'vitest';
import { forgetKnownGroups, knownGroups, noteKnownGroups } from '../../src/lib/device/known_groups';
import type { MyGroup } from '../../src/lib/domain/me';
import { scopeNews } from '../../src/lib/domain/scope';

const group = (id: string): MyGroup => ({
	id,
	name: `Tổ ${id}`,
	kind: 'tdp',
	ward_id: 'w',
	ward_name: 'Phường Hải Châu'
});

test('a group that came and one that left are both told, one that stayed is not', () => {
	const news = scopeNews([group('3'), group('4')], [group('4'), group('5')]);
	expect([news.added.map(({ id }) => id), news.left.map(({ id }) => id)]).toEqual([['5'], ['3']]);
});

test('what one person knows is nothing to the next on the same phone, and a scribble is no note', () => {
	const kept = new Map<string, string>();
	const notes = {
		getItem: (key: string) => kept.get(key) ?? null,
		setItem: (key: string, value: string) => void kept.set(key, value),
		removeItem: (key: string) => void kept.delete(key)
	};
	noteKnownGroups(notes, 'bưởi', [group('3')]);
	expect(knownGroups(notes, 'bưởi')).toEqual([group('3')]);
	expect(knownGroups(notes, 'cam')).toBeNull();
	noteKnownGroups(notes, 'cam', [group('4')]);
	forgetKnownGroups(notes, 'cam');
	expect(knownGroups(notes, 'cam')).toBeNull();
	for (const key of kept.keys()) kept.set(key, '{');
	expect(knownGroups(notes, 'bưởi')).toBeNull();
});
