import { expect, test } from 'vitest';
import { household, localDay, push, signup, training, visit } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { expectExact } from '../support/exact';
import { units } from '../support/small_city';

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
		await push(city(), 'volunteer', [home, visit(home.record_id, { people_by_group })]);
		await city().owner.exec(`
			update app.group_days set visits = visits + 5 where group_id = '${units.to3}' and day = app.today();
			delete from app.group_day_people;
			update app.household_progress set reached_on = '{}' where household_id = '${home.record_id}';`);
		const { differences } = await recount();
		const said = differences.map(({ total, figure }) => `${String(total)} ${String(figure)}`);
		expect(said.sort()).toEqual([
			'group_day_people people',
			'group_days visits',
			'household_progress reached_on'
		]);
		await expectExact(city().owner);
		expect(await recount()).toMatchObject({ differences: [] });
		expect(await city().call('administrator', 'alarms')).toMatchObject([
			{ code: 'totals_differed', details: { figures: 3, groups: [units.to3] } }
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
		const before = await sums();
		await push(city(), 'volunteer', [home, ...days.map((day) => visit(home.record_id, { day }))]);
		const after = await sums();
		const gain = Object.fromEntries(
			Object.entries(after).map(([key, value]) => [key, value - (before[key] ?? 0)])
		);
		// Two weeks with 29/5 and 1–2/6, one with 30/6 and 1/7; May, June, July; two quarters, halves; a year.
		expect(gain).toEqual({ ever: 1, week: 3, month: 3, quarter: 2, half: 2, year: 1 });
		expect(localDay() > '2026-07-01').toBe(true);
	});

	const sums = async () =>
		(
			await city().owner.query<Record<string, number>>(
				`select sum(households_reached)::int as ever, sum(reached_in_week)::int as week,
					sum(reached_in_month)::int as month, sum(reached_in_quarter)::int as quarter,
					sum(reached_in_half)::int as half, sum(reached_in_year)::int as year from app.group_days`
			)
		)[0] ?? {};
});
