import { beforeAll, describe, expect, test } from 'vitest';
import { household, localDay, push, signup, visit } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { idOf, units } from '../support/small_city';
import type { PaceAnswer, PlanAnswer } from '../../src/lib/data/plan_answers';
import { standingOf, type IndicatorLine, type Plan } from '../../src/lib/domain/plan';

const CITY = 'thu-nghiem';
const plan_id = idOf('plan 2026');
const reached = idOf('indicator reached');
const vneid = idOf('indicator vneid');
const task = idOf('task');

onEachDatabase((city) => {
	beforeAll(async () => {
		await city().owner.exec(`
			insert into app.plans (city_id, plan_id, kind, number, name, authority, from_year, to_year)
			values ('${CITY}', '${plan_id}', 'plan', '1/KH', 'Kế hoạch thử', 'UBND', 2026, 2026);
			insert into app.plan_counts (city_id, plan_id, line_kind, status, lines, as_of, source)
			values ('${CITY}', '${plan_id}', 'indicator', 'undetermined', 2, '2026-06-30', 'báo cáo');
			insert into app.indicators (city_id, indicator_id, vi, en, unit, denominator_vi, denominator_en, denominator_measure, measure, numerator) values
				('${CITY}', '${reached}', 'Hộ được hỗ trợ', 'Households reached', 'percent', 'hộ', 'households', 'households', 'households_reached', 'counted'),
				('${CITY}', '${vneid}', 'Người có VNeID', 'People with VNeID', 'percent', 'người dân', 'residents', null, 'signups_vneid', 'typed');
			insert into app.plan_lines (city_id, line_id, plan_id, kind, position, indicator_id, vi, en) values
				('${CITY}', '${idOf('line 1')}', '${plan_id}', 'indicator', 1, '${reached}', '', ''),
				('${CITY}', '${idOf('line 2')}', '${plan_id}', 'indicator', 2, '${vneid}', '', ''),
				('${CITY}', '${task}', '${plan_id}', 'task', 1, null, 'Tập huấn', 'Train');`);
	});

	type Caller = 'officer' | 'coordinator' | 'farCoordinator' | 'city' | 'administrator';
	const plan = (who: Caller, unit_id: string | null = null) =>
		city().call<PlanAnswer>(who, 'plan', { plan_id, unit_id });
	const lineOf = async (who: Caller, indicator_id: string, unit_id: string | null = null) =>
		(await plan(who, unit_id)).lines.find(
			(line): line is IndicatorLine =>
				line.kind === 'indicator' && line.indicator.indicator_id === indicator_id
		) as IndicatorLine;
	const observe = (observation: Record<string, unknown>, who: Caller = 'city') =>
		city().call(who, 'save_observation', {
			observation: {
				...{ indicator_id: vneid, unit_id: units.city, as_of: '2026-06-30', value: 45.7 },
				...{ source: 'Báo cáo quý II', ...observation }
			}
		});
	const aim = (target: Record<string, unknown>) =>
		city().call('city', 'save_target', {
			target: {
				...{ indicator_id: vneid, plan_id, level: 'city', unit_id: units.city },
				...{ year: 2026, value: 90, source: 'KH', ...target }
			}
		});

	test('what nobody has said is not there, and not zero', async () => {
		const line = await lineOf('city', vneid);
		expect(line).toMatchObject({ targets: [], observations: [], denominators: [], counted: 0 });
		const { unit } = await plan('city');
		expect(standingOf(line, unit, localDay())).toEqual({
			...{ status: 'undetermined', target: null, value: null }
		});
		expect(line.indicator.measure).toBe('signups_vneid');
	});

	test('an office types figures: each with source and day, contradicting ones beside each other', async () => {
		expect(await observe({})).toEqual({ id: expect.any(String) });
		expect(await observe({ value: 44, source: 'Báo chí' })).toEqual({ id: expect.any(String) });
		expect(await aim({})).toEqual({ id: expect.any(String) });
		const line = await lineOf('city', vneid);
		expect(new Set(line.observations.map(({ value, source }) => `${value} ${source}`))).toEqual(
			new Set(['44 Báo chí', '45.7 Báo cáo quý II'])
		);
		expect(line.targets).toMatchObject([{ level: 'city', year: 2026, value: 90 }]);
	});

	test('a figure that cannot be is answered with its field, and leaves nothing', async () => {
		const before = await city().owner.query(
			'select observation_id, value::text from app.observations order by 1'
		);
		const problem = async (answer: Promise<unknown>) => {
			const { problem: its } = (await answer) as { problem: { code: string; field: string } };
			return `${its.field} ${its.code}`;
		};
		expect(await problem(observe({ value: null }))).toBe('value missing');
		expect(await problem(observe({ value: '1.234' }))).toBe('value bad_value');
		expect(await problem(observe({ value: -1 }))).toBe('value out_of_range');
		expect(await problem(observe({ out_of: 0 }))).toBe('out_of out_of_range');
		expect(await problem(observe({ as_of: localDay(1) }))).toBe('as_of date_in_future');
		expect(await problem(observe({ as_of: 'infinity' }))).toBe('as_of bad_value');
		expect(await problem(observe({ source: ' ' }))).toBe('source missing');
		expect(await problem(observe({ unit_id: units.to3 }))).toBe('unit_id bad_value');
		expect(await problem(observe({ indicator_id: plan_id }))).toBe('indicator_id bad_value');
		expect(await problem(aim({ year: null }))).toBe('year missing');
		expect(await problem(aim({ year: 2026.5 }))).toBe('year out_of_range');
		expect(await problem(aim({ level: 'planet' }))).toBe('level bad_value');
		expect(
			await city().owner.query(
				'select observation_id, value::text from app.observations order by 1'
			)
		).toEqual(before);
	});

	test('the city is the one in force, and not one that was merged into it', async () => {
		await city().owner.exec(`insert into app.units (city_id, unit_id, level, kind, name, to_day)
			values ('${CITY}', '${idOf('merged city').replace(/^./, '0')}', 'city', 'tinh', 'Tỉnh đã nhập', '2025-07-01')`);
		const { unit, units: shown } = await plan('city');
		expect(unit.unit_id).toBe(units.city);
		expect(shown.map(({ name }) => name)).not.toContain('Tỉnh đã nhập');
	});

	test('a task stands as it was typed, with its day and source', async () => {
		await city().call('administrator', 'save_task', {
			task: { line_id: task, status: 'in_progress', as_of: '2026-06-30', source: 'Báo cáo' }
		});
		const { lines } = await plan('officer');
		expect(lines.find(({ kind }) => kind === 'task')).toMatchObject({
			status: 'in_progress',
			as_of: '2026-06-30'
		});
		expect(
			await city().call('city', 'save_task', {
				task: { line_id: task, status: 'perhaps', as_of: '2026-06-30', source: 'x' }
			})
		).toEqual({ problem: { code: 'bad_value', field: 'status' } });
	});

	test('every figure that is typed leaves an entry in the audit log, without its value', async () => {
		const acts = await city().owner.query<{ act: string; fields: string[] }>(
			`select act, fields from audit.acts where act like 'save%' order by act_id desc limit 1`
		);
		expect(acts).toEqual([{ act: 'save_line', fields: ['as_of', 'source', 'status'] }]);
	});

	describe('what teams count', () => {
		test('stands beside the official figure and does not change it', async () => {
			const home = household('Nhà cô Năm');
			await push(city(), 'volunteer', [
				home,
				visit(home.record_id),
				signup(home.record_id, { people: 3 })
			]);
			const line = await lineOf('city', vneid);
			expect(line.counted).toBe(3);
			const { unit } = await plan('city');
			expect(standingOf(line, unit, localDay()).value).not.toBe(3);
		});

		test('is a share of the typed households where the indicator is itself a count', async () => {
			const line = await lineOf('officer', reached, units.haiChau);
			expect(line).toMatchObject({ counted: 1, denominators: [{ value: 40, source: 'bịa' }] });
			const { unit } = await plan('officer', units.haiChau);
			expect(standingOf(line, unit, localDay()).value).toBe(2.5);
			expect((await lineOf('city', reached, units.camLe)).denominators).toEqual([]);
		});
	});

	test('a ward officer sees the city and the own ward, and no other', async () => {
		await observe({ unit_id: units.haiChau, value: 50 });
		await observe({ unit_id: units.hoaCuong, value: 60 });
		const values = async (who: Caller, unit_id: string | null) =>
			(await lineOf(who, vneid, unit_id)).observations.map(({ value }) => value).sort();
		expect(await values('officer', units.haiChau)).toEqual([44, 45.7, 50]);
		await expect(plan('officer', units.hoaCuong)).rejects.toMatchObject({ code: 'PT404' });
		expect(await values('coordinator', units.hoaCuong)).toEqual([44, 45.7, 60]);
		await expect(plan('farCoordinator', units.haiChau)).rejects.toMatchObject({ code: 'PT404' });
		expect((await plan('officer')).units.map(({ unit_id }) => unit_id).sort()).toEqual(
			[units.city, units.haiChau].sort()
		);
		expect(await observe({}, 'officer').catch(({ code }: { code: string }) => code)).toBe('42501');
		for (const who of ['volunteer', 'leader'] as const)
			await expect(city().call(who, 'plans')).rejects.toMatchObject({ code: '42501' });
	});

	test('the weeks of a ward are told for the forecast, as far as the person may see', async () => {
		const home = household('Nhà dì Bảy');
		await push(city(), 'volunteer', [
			home,
			visit(home.record_id, { day: localDay(-10) }),
			visit(home.record_id, { day: localDay(-11) })
		]);
		const pace = await city().call<PaceAnswer>('officer', 'pace', { indicator_id: reached });
		expect(pace.rows).toHaveLength(1);
		expect(pace.rows[0]).toMatchObject({ ward_id: units.haiChau, counted: 2, denominator: 40 });
		expect(pace.rows[0]?.weeks).toHaveLength(8);
		expect(pace.rows[0]?.weeks.reduce((a, b) => a + b)).toBe(1);
		expect(pace.rows[0]?.visits.reduce((a, b) => a + b)).toBe(2);
		await expect(city().call('city', 'pace', { indicator_id: plan_id })).rejects.toMatchObject({
			code: 'PT404'
		});
	});

	describe('a plan from a file', () => {
		const file = (lines: unknown[]) =>
			city().call<{ plan_id: string; problem?: unknown; line?: number }>('city', 'import_plan', {
				plan: {
					...{
						number: '9/KH-UBND',
						name: 'Kế hoạch từ tệp',
						authority: 'UBND',
						issued_on: '2026-01-15'
					},
					...{ from_year: 2026, to_year: 2026, columns: { ten: 'name' }, lines }
				}
			});
		const indicator = (its: Record<string, unknown> = {}) => ({
			...{ kind: 'indicator', name: 'Hộ có địa chỉ số', unit: 'percent', denominator: 'hộ' },
			targets: [{ level: 'city', unit_id: units.city, year: 2026, value: 95, source: 'KH' }],
			observations: [{ unit_id: units.city, as_of: '2026-06-30', value: 41.2, source: 'BC' }],
			denominators: [{ unit_id: units.city, as_of: '2026-06-30', value: 1000, source: 'BC' }],
			...its
		});
		const rows = () =>
			city().owner.query(
				`select (select count(*) from app.plans)::int, (select count(*) from app.indicators)::int,
				(select count(*) from app.targets)::int, (select count(*) from app.observations)::int`
			);

		test('is written once, however often it is brought', async () => {
			const first = await file([
				indicator(),
				{ kind: 'task', name: 'Mở lớp', status: null, as_of: null, source: '' }
			]);
			const after = await rows();
			expect(await file([indicator()])).toEqual({ ...first, lines: 1 });
			expect(await rows()).toEqual(after);
			const { plans } = await city().call<{ plans: Plan[] }>('officer', 'plans');
			expect(plans.find((one) => one.plan_id === first.plan_id)).toMatchObject({
				...{ number: '9/KH-UBND', indicators: 1, tasks: 1 }
			});
		});

		test.each([
			['a share of nobody knows what', { denominator: '' }, 'missing'],
			[
				'a target without a year',
				{ targets: [{ level: 'city', unit_id: units.city, value: 5, source: 'KH' }] },
				'missing'
			],
			[
				'a figure of tomorrow',
				{ observations: [{ unit_id: units.city, as_of: localDay(1), value: 1, source: 'x' }] },
				'date_in_future'
			],
			[
				'a denominator of 0',
				{ denominators: [{ unit_id: units.city, as_of: '2026-01-01', value: 0, source: 'x' }] },
				'out_of_range'
			],
			[
				'a text for a number',
				{
					targets: [
						{ level: 'city', unit_id: units.city, year: 2026, value: '1.234', source: 'KH' }
					]
				},
				'bad_value'
			]
		])('with %s is refused as a whole, and says in which line', async (_, wrong, code) => {
			const before = await rows();
			const answer = await file([
				indicator({ name: 'Mới 1' }),
				indicator({ name: 'Mới 2', ...wrong })
			]);
			expect(answer).toMatchObject({ problem: { code }, line: 2 });
			expect(await rows()).toEqual(before);
		});
	});
});
