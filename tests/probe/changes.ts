import { weekOf } from '../../src/lib/domain/week';
import { localDay } from '../support/changes';
import { idOf } from '../support/small_city';
import type { Focus } from './arguments';
import { HELD_ON } from './expectations';
import { recordId } from './seed';
import { CITIES, personId } from './world';

const changeId = (name: string) => idOf(`change ${name}`);

/** The names of the changes below, by their ids. */
export const CHANGES = Object.fromEntries(
	[
		...['new', 'of 60 days ago', 'with a forged author', 'with forged fields'],
		...['for a household of another group', 'to a record of another group', 'of the other city'],
		...['merged into a household of another group', 'a goal', 'a thank-you']
	].map((name) => [changeId(name), name])
);

/** Changes to a group: plain ones, and ones that try to reach beyond it. */
export function changesAt({ city, group_id, n, other }: Focus): unknown[] {
	const change = (name: string, fields: object, rest: object = {}) => ({
		change_id: changeId(name),
		record_id: idOf(`record ${name}`),
		kind: 'household',
		group_id,
		base: null,
		fields,
		at: new Date().toISOString(),
		...rest
	});
	const [one = '', two = ''] = CITIES;
	const elsewhere = city === one ? two : one;
	const someone = personId(one, 'city_office here');
	const forged = { author_id: someone, city_id: elsewhere, seq: 1, discarded: false };
	const visit = { day: localDay(), topics: ['vneid'], outcome: 'helped', people_helped: 1 };
	const of = (where: string, n: number) => ({ household_id: recordId(where, n, 'household') });
	return [
		change('new', { label: 'Nhà mới' }),
		change('of 60 days ago', { label: 'Nhà cũ' }, { at: `${HELD_ON}T03:00:00Z` }),
		change('with a forged author', { label: 'Nhà' }, forged),
		change('with forged fields', { label: 'Nhà', ...forged }),
		change(
			'for a household of another group',
			{ ...visit, ...of(city ?? one, other) },
			{ kind: 'visit' }
		),
		change(
			'merged into a household of another group',
			{ merged_into: recordId(city ?? one, other, 'household') },
			{ record_id: recordId(city ?? one, n, 'household'), base: 1 }
		),
		change(
			'to a record of another group',
			{ label: 'Đổi tên' },
			{ record_id: recordId(city ?? one, other, 'household'), base: 1 }
		),
		change('a goal', { from_week: weekOf(localDay()), households: 20 }, { kind: 'goal' }),
		change('a thank-you', { week: weekOf(localDay()), words: 'Cảm ơn cả tổ' }, { kind: 'thank' }),
		change('of the other city', { ...visit, ...of(elsewhere, 3) }, { kind: 'visit' })
	];
}
