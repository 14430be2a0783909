import { expect, test } from 'vitest';
import type { UnitTreeAnswer } from '../../src/lib/data/unit_answers';
import type { UnitLists, UnitPlan } from '../../src/lib/domain/unit';
import { onEachDatabase } from '../support/databases';
import { check } from '../support/empty_city';
import { units, type CastName } from '../support/small_city';

onEachDatabase((city) => {
	const planOf = async (): Promise<UnitPlan> => {
		const lists = await city().call<UnitLists>('city', 'unit_lists');
		const { plan, problems } = await check(lists, 'Phường;Tên;Loại\nHải Châu;Tổ 9;Tổ dân phố\n');
		if (!plan) throw new Error(JSON.stringify(problems));
		return plan;
	};
	const count = async (table: string) =>
		(await city().owner.query<{ n: number }>(`select count(*)::int as n from app.${table}`))[0]?.n;

	test('the city office may import; nobody below it, and nobody without a session', async () => {
		const plan = await planOf();
		const before = await count('units');
		const others: CastName[] = ['volunteer', 'leader', 'officer', 'coordinator', 'nobody'];
		for (const who of others) {
			await expect(city().call(who, 'import_units', { plan })).rejects.toMatchObject({
				code: '42501'
			});
			await expect(city().call(who, 'unit_lists')).rejects.toMatchObject({ code: '42501' });
			await expect(
				city().call(who, 'set_unit_words', { words: { team_name: 'X', levels: [], kinds: [] } })
			).rejects.toMatchObject({ code: '42501' });
		}
		await expect(
			city().callAs({ role: 'authenticated', claims: { role: 'authenticated' } }, 'import_units', {
				plan
			})
		).rejects.toMatchObject({ code: 'PT401' });
		expect(await count('units')).toBe(before);
		await city().call('city', 'import_units', { plan });
		expect(await count('units')).toBe((before ?? 0) + 1);
	});

	test('everybody of the city reads its units', async () => {
		for (const who of ['volunteer', 'officer', 'coordinator', 'city'] as const) {
			const { unit_id } = await city().call<UnitTreeAnswer>(who, 'unit_tree', {
				day: '2026-01-01'
			});
			expect(unit_id.length).toBeGreaterThan(9);
			expect(await city().call(who, 'unit', { unit_id: units.haiChau })).toMatchObject({
				codes: [{ code: '20242' }],
				denominators: [{ measure: 'households', value: 40 }]
			});
		}
		await expect(
			city().call('city', 'unit', { unit_id: crypto.randomUUID() })
		).rejects.toMatchObject({ code: 'PT404' });
	});

	test('of two offices at once the later one is asked to look again', async () => {
		const plan = await planOf();
		const other = { ...plan, units: plan.units.map((row) => [...row]) };
		const made = { ...plan, units: [...plan.units], parents: [...plan.parents] };
		const id = crypto.randomUUID();
		made.units.push([id, 'group', 'tdp', 'Tổ 10', null, true, null, null]);
		made.parents.push([id, units.haiChau, null, null]);
		await city().call('city', 'import_units', { plan: made });
		await expect(city().call('city', 'import_units', { plan: other })).rejects.toMatchObject({
			code: 'PT409'
		});
	});

	test.each<[string, string, (plan: UnitPlan) => void]>([
		[
			'a ring',
			'PT400',
			(plan) => plan.parents.push([units.haiChau, units.to3, '2030-01-01', null])
		],
		[
			'two parents on one day',
			'PT400',
			(plan) => plan.parents.push([units.to3, units.camLe, '2030-01-01', null])
		],
		[
			'a unit under itself',
			'23514',
			(plan) => plan.parents.push([units.to3, units.to3, '2030-01-01', null])
		],
		[
			'a parent that is not there',
			'23503',
			(plan) => plan.parents.push([units.city, crypto.randomUUID(), null, null])
		],
		[
			'a name that is empty',
			'23514',
			(plan) => plan.units.push([crypto.randomUUID(), 'group', 'tdp', '', null, true, null, null])
		],
		[
			'a level that is none',
			'23514',
			(plan) =>
				plan.units.push([
					crypto.randomUUID(),
					'hamlet' as 'group',
					'ap',
					'Ấp',
					null,
					true,
					null,
					null
				])
		],
		[
			'a number below one',
			'23514',
			(plan) =>
				plan.figures.push({ source: 'bịa', as_of: '2026-01-01', rows: [[units.to3, -3, null]] })
		],
		[
			'a code with letters',
			'23514',
			(plan) => plan.codes.push(['thu', '2O242', units.camLe, 'Cẩm Lệ'])
		],
		[
			'an official code of a group',
			'PT400',
			(plan) => plan.codes.push(['thu', '20999', units.to3, 'Tổ 3'])
		],
		[
			'two lists in force at once',
			'23505',
			(plan) =>
				plan.editions.push({
					edition: 'hai',
					name: 'Hai',
					in_force_from: '2026-01-01',
					in_force_to: null,
					source: 'bịa'
				})
		]
	])('a crafted plan with %s writes nothing of itself', async (_, code, spoil) => {
		const plan = await planOf();
		plan.units.push([crypto.randomUUID(), 'group', 'tdp', 'Tổ thừa', null, true, null, null]);
		spoil(plan);
		const tables = [
			'units',
			'unit_parents',
			'unit_codes',
			'denominators',
			'editions',
			'unit_imports'
		];
		const before = await Promise.all(tables.map(count));
		await expect(city().call('city', 'import_units', { plan })).rejects.toMatchObject({ code });
		expect(await Promise.all(tables.map(count))).toEqual(before);
	});
});
