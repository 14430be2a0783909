import { beforeEach, expect, test } from 'vitest';
import {
	change,
	household,
	localDay,
	pull,
	push,
	training,
	verdicts,
	visit
} from '../support/changes';
import { onEachDatabase, type TestCity } from '../support/databases';
import { idOf, units } from '../support/small_city';

const TEAM = idOf('team Hòa Cường');
const at = (day: string) => ({ at: `${day}T03:00:00Z`, group_id: units.to1HoaCuong });

onEachDatabase((city) => {
	beforeEach(() => setTeam(city(), 'infinity'));

	test('what was done while the right was held is taken after it has gone', async () => {
		await setTeam(city(), localDay(-1));
		const home = household('Nhà cô Chín', at(localDay(-3)));
		const helped = visit(home.record_id, { day: localDay(-3) }, at(localDay(-3)));
		expect(await verdicts(city(), 'stranger', [home, helped])).toEqual(['applied', 'applied']);
	});

	test('what was written and taken back while the right was held stays taken back', async () => {
		await setTeam(city(), localDay(-1));
		const held = training({ day: localDay(-3) }, at(localDay(-3)));
		const fields = { discarded: true, reason: 'undo' };
		const undone = change('training', fields, {
			record_id: held.record_id,
			...at(localDay(-3))
		});
		expect(await verdicts(city(), 'stranger', [held, undone])).toEqual(['applied', 'applied']);
	});

	test('what was done afterwards is refused, and its neighbours are not', async () => {
		await setTeam(city(), localDay(-1));
		const before = household('Nhà cũ', at(localDay(-2)));
		const after = household('Nhà mới', at(localDay()));
		expect(await verdicts(city(), 'stranger', [before, after])).toEqual([
			'applied',
			'refused not_your_group group_id'
		]);
	});

	test('a right that was never held takes nothing, whatever day is claimed', async () => {
		const foreign = household('Nhà người khác', { ...at(localDay(-30)), group_id: units.to4 });
		expect(await verdicts(city(), 'stranger', [foreign])).toEqual([
			'refused not_your_group group_id'
		]);
	});

	test('a refusal is answered the same when it is sent again, and anew when the right is back', async () => {
		await setTeam(city(), localDay(-1));
		const late = household('Nhà trễ', at(localDay()));
		const refused = await push(city(), 'stranger', [late]);
		expect(await push(city(), 'stranger', [late])).toEqual(refused);
		await setTeam(city(), 'infinity');
		expect(await verdicts(city(), 'stranger', [late])).toEqual(['applied']);
	});

	test('a group that was lost is not told any more, one that was gained from its beginning', async () => {
		const [told] = await pull(city(), 'stranger');
		expect(told?.group_id).toBe(units.to1HoaCuong);
		await setTeam(city(), localDay(-1));
		expect(await pull(city(), 'stranger')).toEqual([]);
		await setTeam(city(), 'infinity');
		const [again] = await pull(city(), 'stranger');
		expect(again?.households.length).toBe(told?.households.length);
	});
});

/** Until when (a day, not included) the stranger's team serves its group. */
async function setTeam(city: TestCity, to_day: string) {
	await city.owner.exec(
		`update app.team_groups set to_day = '${to_day}' where team_id = '${TEAM}'`
	);
}
