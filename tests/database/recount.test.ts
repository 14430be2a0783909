import { expect, test } from 'vitest';
import {
	change,
	household,
	localDay,
	push,
	request,
	signup,
	training,
	visit
} from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { expectExact } from '../support/exact';
import { cast, units } from '../support/small_city';

type Recounted = { recounted: number; differences: Record<string, unknown>[]; next: string | null };

onEachDatabase((city) => {
	const recount = (after: string | null = null, at_most = 100) =>
		city().call<Recounted>('administrator', 'recount', { after, at_most });

	test('a recount of sound totals says that nothing differs, and raises no alarm', async () => {
		const home = household('Nhà cô Năm');
		await push(city(), 'volunteer', [
			home,
			visit(home.record_id),
			signup(home.record_id),
			training()
		]);
		expect(await recount()).toEqual({ recounted: 4, differences: [], next: null });
		expect(await city().call('administrator', 'alarms')).toEqual([]);
	});

	test('totals that somebody spoiled are said, mended, and leave an alarm', async () => {
		const home = household('Nhà bác Sáu');
		const people_by_group = { elderly: 1 };
		const session = training({ household_ids: [home.record_id] });
		await push(city(), 'volunteer', [
			home,
			visit(home.record_id, { people_by_group }),
			session,
			request()
		]);
		await city().owner.exec(`
			update app.group_days set visits = visits + 5, attendance = attendance + 1,
					learned_in_week = learned_in_week - 1, requests_opened = 0
				where group_id = '${units.to3}' and day = app.today();
			delete from app.group_day_people;
			update app.household_progress set reached_on = '{}', learned_on = '{}' where household_id = '${home.record_id}';`);
		const { differences } = await recount();
		const said = differences.map(({ total, figure }) => `${String(total)} ${String(figure)}`);
		expect(said.sort()).toEqual([
			'group_day_people people',
			'group_days attendance',
			'group_days learned_in_week',
			'group_days requests_opened',
			'group_days visits',
			'household_progress learned_on',
			'household_progress reached_on'
		]);
		await expectExact(city().owner);
		expect(await recount()).toMatchObject({ differences: [] });
		expect(await city().call('administrator', 'alarms')).toMatchObject([
			{ code: 'totals_differed', details: { figures: 7, groups: [units.to3] } }
		]);
	});

	test('a city is recounted some groups at a time', async () => {
		let after: string | null = null;
		let groups = 0;
		do {
			const part: Recounted = await recount(after, 3);
			groups += part.recounted;
			after = part.next;
		} while (after);
		expect(groups).toBe(4);
		await expect(recount(null, 0)).rejects.toMatchObject({ code: 'PT400' });
	});

	test('only an administrator may recount, or see the alarms', async () => {
		for (const fn of ['recount', 'alarms'])
			await expect(
				city().call('city', fn, fn === 'recount' ? { after: null, at_most: 1 } : {})
			).rejects.toMatchObject({ code: '42501' });
	});

	test('a household that is helped often is counted once in every period', async () => {
		const home = household('Nhà dì Bảy');
		const days = [
			'2026-05-29',
			'2026-06-01',
			'2026-06-02',
			'2026-06-30',
			'2026-07-01',
			'2026-07-01'
		];
		const before = await sums('reached');
		await push(city(), 'volunteer', [home, ...days.map((day) => visit(home.record_id, { day }))]);
		const after = await sums('reached');
		// Two weeks with 29/5 and 1–2/6, one with 30/6 and 1/7; May, June, July; two quarters, halves; a year.
		expect(gainOf(before, after)).toEqual({
			ever: 1,
			week: 3,
			month: 3,
			quarter: 2,
			half: 2,
			year: 1
		});
		expect(localDay() > '2026-07-01').toBe(true);
	});

	test('a household that learns often has learned once in every period, and a visit teaches nobody', async () => {
		const home = household('Nhà thím Chín');
		const household_ids = [home.record_id];
		const days = ['2026-03-30', '2026-03-31', '2026-04-01', '2026-06-30', '2026-07-01'];
		const before = await sums('learned');
		await push(city(), 'volunteer', [
			home,
			visit(home.record_id, { day: '2026-02-01' }),
			signup(home.record_id, { day: '2026-02-02' }),
			...days.map((day) => training({ day, household_ids }))
		]);
		const after = await sums('learned');
		// One week from 30/3 to 1/4, one with 30/6 and 1/7; March, April, June, July.
		expect(gainOf(before, after)).toEqual({
			ever: 1,
			week: 2,
			month: 4,
			quarter: 3,
			half: 2,
			year: 1
		});
	});

	test('a request for help is counted on the day it is asked, taken and ended, and uncounted with it', async () => {
		const asked = request({ asked_on: '2026-05-04' });
		const then = (fields: object, at: string) =>
			change('request', { ...fields }, { record_id: asked.record_id, base: 0, at });
		const counted = async () =>
			await city().owner.query(
				`select day::text, requests_opened as opened, requests_taken as taken, requests_done as done,
					requests_closed as closed from app.group_days
				where (requests_opened, requests_taken, requests_done, requests_closed) <> (0, 0, 0, 0)
					and day between '2026-05-04' and '2026-05-09' order by day`
			);
		await push(city(), 'volunteer', [
			asked,
			then({ taken_by: cast.volunteer.person_id }, '2026-05-05T23:30:00Z'),
			then({ taken_by: cast.teammate.person_id }, '2026-05-07T01:00:00Z'),
			then({ ended_as: 'done', ended_on: '2026-05-08' }, '2026-05-08T01:00:00Z')
		]);
		const opened = { day: '2026-05-04', opened: 1, taken: 0, done: 0, closed: 0 };
		// Half past six in the morning of the 6th, in Viet Nam; handed on to somebody else it stays taken.
		const taken = { day: '2026-05-06', opened: 0, taken: 1, done: 0, closed: 0 };
		const done = { day: '2026-05-08', opened: 0, taken: 0, done: 1, closed: 0 };
		expect(await counted()).toEqual([opened, taken, done]);

		await push(city(), 'volunteer', [
			then({ ended_as: 'not_found' }, '2026-05-09T01:00:00Z'),
			then({ taken_by: null }, '2026-05-09T01:00:00Z')
		]);
		expect(await counted()).toEqual([opened, { ...done, done: 0, closed: 1 }]);
		await push(city(), 'volunteer', [
			then({ discarded: true, reason: 'ghi nhầm' }, '2026-05-09T02:00:00Z')
		]);
		expect(await counted()).toEqual([]);
	});

	const gainOf = (before: Record<string, number>, after: Record<string, number>) =>
		Object.fromEntries(
			Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)])
		);

	const sums = async (how: 'reached' | 'learned') =>
		(
			await city().owner.query<Record<string, number>>(
				`select sum(households_${how})::int as ever, sum(${how}_in_week)::int as week,
					sum(${how}_in_month)::int as month, sum(${how}_in_quarter)::int as quarter,
					sum(${how}_in_half)::int as half, sum(${how}_in_year)::int as year from app.group_days`
			)
		)[0] ?? {};
});
