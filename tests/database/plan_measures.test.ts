import { expect, test } from 'vitest';
import type { PlanAnswer } from '../../src/lib/data/plan_answers';
import {
	change,
	household,
	localDay,
	request,
	signup,
	training,
	verdicts,
	visit,
	type Sent
} from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { idOf, units } from '../support/small_city';

/** What a line of a plan may be counted by, and what one evening of work below brings to it. */
const BROUGHT = {
	households_reached: 2,
	visits: 1,
	people_helped: 3,
	trainings: 1,
	attendance: 12,
	households_learned: 1,
	requests_opened: 2,
	requests_done: 1,
	signups_vneid: 2,
	signups_dvc: 0,
	members: 0,
	wards_with_team: 0,
	fact_smartphone: 1,
	fact_internet: 1,
	fact_digital_address: 1,
	fact_address_and_internet: 1,
	fact_services_and_payment: 0
};

onEachDatabase((city) => {
	test('each measure of a plan counts what the teams have done, and a merged household once', async () => {
		const plan_id = idOf('plan of every measure');
		await city().owner.exec(`
			insert into app.plans (city_id, plan_id, kind, name, authority, from_year)
			values ('thu-nghiem', '${plan_id}', 'plan', 'Kế hoạch đủ thước', 'UBND', 2026);
			insert into app.indicators (city_id, indicator_id, vi, en, unit, measure, numerator)
			select 'thu-nghiem', md5(m)::uuid, m, m, 'number', m, 'counted'
			from unnest('{${Object.keys(BROUGHT).join(',')}}'::text[]) m;
			insert into app.plan_lines (city_id, line_id, plan_id, kind, position, indicator_id)
			select 'thu-nghiem', gen_random_uuid(), '${plan_id}', 'indicator', 1, md5(m)::uuid
			from unnest('{${Object.keys(BROUGHT).join(',')}}'::text[]) m;`);
		const counted = async (unit_id: string | null) => {
			const { lines } = await city().call<PlanAnswer>('city', 'plan', { plan_id, unit_id });
			return Object.fromEntries(
				lines.map((line) => [line.vi, line.kind === 'indicator' ? line.counted : null])
			);
		};
		const facts = { smartphone: true, internet: true, digital_address: true };
		const home = household('Nhà đủ thước');
		const double = household('Nhà ghi hai lần');
		home.fields = { ...home.fields, ...facts };
		double.fields = { ...double.fields, ...facts };
		const other = household('Nhà bên');
		const asked = request();
		const before = { city: await counted(null), ward: await counted(units.haiChau) };
		const edit = (of: Sent, fields: Sent['fields']) =>
			change(of.kind, fields, { record_id: of.record_id, base: 0 });
		const sent = [
			...[home, double, other, asked, request({ label: 'Tiệm may góc chợ' })],
			visit(home.record_id, { people_helped: 3 }),
			signup(home.record_id, { people: 2 }),
			signup(other.record_id, { service: 'dvc', result: 'already_had' }),
			training({ household_ids: [other.record_id] }),
			edit(asked, { ended_as: 'done', ended_on: localDay() }),
			edit(double, { merged_into: home.record_id })
		];
		expect(new Set(await verdicts(city(), 'leader', sent))).toEqual(new Set(['applied']));
		for (const [place, unit_id] of [
			['city', null],
			['ward', units.haiChau]
		] as const) {
			const after = await counted(unit_id);
			const gain = Object.fromEntries(
				Object.entries(after).map(([what, n]) => [what, Number(n) - Number(before[place][what])])
			);
			expect(gain).toEqual(BROUGHT);
		}
	});
});
