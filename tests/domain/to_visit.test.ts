import { expect, test } from 'vitest';
import { saidOn, type Household } from '../../src/lib/domain/household';
import { blankRow, type Common } from '../../src/lib/domain/record';
import { callAt, toVisit } from '../../src/lib/domain/to_visit';
import type { Visit } from '../../src/lib/domain/visit';

const TODAY = '2026-11-24';
const ME = 'buoi';

const common: Common = {
	id: 'a',
	group_id: 'g',
	seq: 1,
	author_id: 'p',
	recorded_at: '2026-11-02T01:00:00.000Z',
	discarded: false
};
const home = (fields: Partial<Household> = {}, said = '2026-11-20') =>
	({
		...blankRow('household', { ...common, id: fields.label ?? 'a' }),
		...fields,
		said_on: saidOn({}, fields, said)
	}) as Household;
const visit = (day: string, fields: Partial<Visit> = {}) =>
	({ ...blankRow('visit', common), day, outcome: 'helped', ...fields }) as Visit;
const at = (household: Household, ...visits: Visit[]) => ({
	household,
	reached: false,
	visits,
	requested_on: null
});
const reason = (household: Household, ...visits: Visit[]) =>
	callAt(at(household, ...visits), ME, TODAY)?.reason ?? null;

test('a household where nobody was met yet is a gap in the coverage', () => {
	expect(reason(home())).toBe('never');
	expect(reason(home(), visit('2026-11-20', { outcome: 'not_home' }))).toBe('never');
	expect(reason(home(), visit('2026-11-20'))).toBeNull();
});

test('whom the leader sends goes there first, until somebody was there', () => {
	const mine = home({ assigned_to: ME });
	expect(reason(mine, visit('2026-11-01'))).toBe('assigned');
	expect(reason(mine, visit('2026-11-20'))).toBeNull();
	expect(reason(home({ assigned_to: 'cam' }))).toBeNull();
});

test('an appointment is kept on its day, not before, and only once', () => {
	const agreed = visit('2026-11-10', { outcome: 'come_back', follow_up_on: TODAY });
	expect(reason(home(), agreed)).toBe('follow_up');
	expect(reason(home(), { ...agreed, follow_up_on: '2026-11-25' })).toBeNull();
	expect(reason(home(), visit('2026-11-20'), agreed)).toBeNull();
});

test('who was not at home twice running is tried at another hour', () => {
	const shut = (day: string) => visit(day, { outcome: 'not_home' });
	expect(reason(home(), shut('2026-11-20'), shut('2026-11-12'), visit('2026-10-01'))).toBe(
		'absent_twice'
	);
	expect(reason(home(), shut('2026-11-20'), visit('2026-11-12'))).toBeNull();
});

test('a priority household is seen again after a week, another after two months', () => {
	expect(reason(home({ priority: true }), visit('2026-11-18'))).toBeNull();
	expect(reason(home({ priority: true }), visit('2026-11-17'))).toBe('priority');
	expect(reason(home(), visit('2026-09-26'))).toBeNull();
	expect(reason(home(), visit('2026-09-25'))).toBe('long_ago');
});

test('who said no is left in peace for half a year', () => {
	expect(reason(home({ priority: true }), visit('2026-10-01', { outcome: 'refused' }))).toBeNull();
});

test('nobody is asked to go where somebody was today', () => {
	expect(reason(home({ assigned_to: ME }), visit(TODAY, { outcome: 'not_home' }))).toBeNull();
});

test('a door that was taken yesterday is free again', () => {
	const taken = (day: string) => callAt(at(home({ taken_by: 'cam' }, day)), ME, TODAY)?.taken_by;
	expect(taken(TODAY)).toBe('cam');
	expect(taken('2026-11-23')).toBeNull();
});

test('the order: taken by me, the leader, appointments, requests, promises, priority, gaps; a teammate’s door last', () => {
	const list = [
		at(home({ label: 'chưa thăm' })),
		at(home({ label: 'lâu rồi' }), visit('2026-01-10')),
		at(home({ label: 'của Cam', taken_by: 'cam' }, TODAY)),
		at(home({ label: 'ưu tiên', priority: true })),
		at(home({ label: 'hẹn' }), visit('2026-11-01', { follow_up_on: '2026-11-20' })),
		at(home({ label: 'hẹn sớm hơn' }), visit('2026-11-01', { follow_up_on: '2026-11-10' })),
		{ ...at(home({ label: 'nhờ' })), requested_on: '2026-11-22' },
		at(home({ label: 'giao', assigned_to: ME })),
		at(home({ label: 'của tôi', taken_by: ME }, TODAY)),
		at(home({ label: 'hứa' }), visit('2026-11-05', { outcome: 'come_back' }))
	];
	expect(toVisit(list, ME, TODAY).map(({ household }) => household.label)).toEqual([
		'của tôi',
		'giao',
		'hẹn sớm hơn',
		'hẹn',
		'nhờ',
		'hứa',
		'ưu tiên',
		'chưa thăm',
		'lâu rồi',
		'của Cam'
	]);
});
