import { expect, test } from 'vitest';
import {
	change,
	household,
	localDay,
	pull,
	push,
	signup,
	training,
	verdicts,
	visit,
	type Sent
} from '../support/changes';
import { onEachDatabase, type TestCity } from '../support/databases';
import { units } from '../support/small_city';

const DIGITS = '012345678901';

type Fields = Record<string, unknown>;
const each = (kind: string, name: string, values: unknown[]): [string, Fields][] =>
	values.map((value) => [kind, { [name]: value }]);

/** Values that no form of ours would send. */
const ODD: [string, Fields][] = [
	...each('visit', 'topics', [['a,b'], ['a', null], [], ['a\n'], '{a}', {}, [1], [['a'], ['b']]]),
	...each('visit', 'barriers', [['a,b'], 'a', null]),
	...each('visit', 'campaign', ['Chợ 4.0', ['a'], 1]),
	...each('visit', 'people_helped', [-0, '1', true, null, 99999, -1, 1.5]),
	...each('visit', 'outcome', ['', null, 'A', 'a b', 1, ['a'], `c${DIGITS}`]),
	...each('visit', 'day', ['today', '20261101', 'epoch', '-infinity', null, '2026-02-30']),
	...each('visit', 'day', [`${localDay(-9)} BC`, `${localDay(-9)}T00:00:00Z`]),
	...each('visit', 'follow_up_on', ['tomorrow', '', null, `${localDay(9)} BC`]),
	...each('visit', 'people_by_group', [{ elderly: '1' }, { elderly: null }, [], null, { X: 1 }]),
	...each('household', 'smartphone', ['true', 1, null, [true]]),
	...each('household', 'priority', [null, 'false', 0]),
	...each('household', 'label', ['\t', '', 7, ['x'], 'x'.repeat(81), '0123 4567 8901']),
	...each('signup', 'visit_id', ['', 'x', 1, '{abcdef00-0000-7000-8000-000000000000}']),
	...each('signup', 'people', ['', null, 0, 501]),
	...['id', 'seq', 'author_id', 'recorded_at', 'overlap', 'reason', 'looked', 'extra'].flatMap(
		(name) => each('training', name, ['x', true])
	)
];

onEachDatabase((city) => {
	test('an odd value is judged and kept alike, alone or in a run of new records', async () => {
		for (const [kind, fields] of ODD) {
			const make = {
				household: () => household('A'),
				visit: () => visit(null),
				signup: () => signup(null),
				training: () => training()
			}[kind];
			const inRun = make?.() as Sent;
			Object.assign(inRun.fields, fields);
			// A base keeps it out of a run.
			const alone = { ...(make?.() as Sent), base: 0, fields: inRun.fields };
			const [one, other] = await verdicts(city(), 'volunteer', [inRun, alone]);
			expect([kind, fields, one]).toEqual([kind, fields, other]);
			expect(await keptRow(city(), inRun)).toEqual(await keptRow(city(), alone));
		}
	});

	test('an identity number is kept nowhere, whatever it is called', async () => {
		const home = household('Nhà cô Năm');
		const gone = on(home, { discarded: true, reason: 'ghi nhầm' });
		const sent = [
			home,
			on(home, { looked: DIGITS }),
			on(home, { discarded: true, reason: `CCCD ${DIGITS}` }),
			gone,
			on(home, { note: `số ${DIGITS}` }),
			household('Nhà khác', { fields: { label: 'Nhà khác', [DIGITS]: 1, extra: DIGITS } }),
			change(DIGITS, {}),
			visit(null, { place: `c${DIGITS}` }),
			{ ...visit(null), group_id: units.to4, kind: DIGITS }
		];
		expect(await verdicts(city(), 'volunteer', sent)).toEqual([
			'applied',
			'invalid bad_value looked',
			'invalid id_number_in_note reason',
			'applied',
			'discarded',
			'invalid id_number_in_note extra',
			'invalid unknown_kind kind',
			'invalid bad_value place',
			'refused not_your_group group_id'
		]);
		const kept = await city().owner.query<{ text: string }>(
			'select c::text as text from app.changes c union all select h::text from app.households h'
		);
		for (const { text } of kept) expect(text).not.toContain(DIGITS);
	});

	test('an id names one record: another kind or group cannot take it, nor mark it', async () => {
		const home = household('Nhà cô Năm');
		const [made] = await push(city(), 'volunteer', [home]);
		const { record_id } = home;
		expect(await verdicts(city(), 'teammate', [visit(null, {}, { record_id })])).toEqual([
			'invalid record_of_another_group group_id'
		]);
		const abroad = { group_id: units.to1HoaCuong };
		const filling = Array.from({ length: 9 }, () => training({}, abroad));
		const said = await verdicts(city(), 'stranger', [
			...filling,
			visit(null, {}, { ...abroad, record_id })
		]);
		expect(said.at(-1)).toBe('invalid record_of_another_group group_id');
		const mine = { ...on(home, { note: 'của tổ' }), base: made?.seq ?? 0 };
		expect(await verdicts(city(), 'volunteer', [mine])).toEqual(['applied']);
	});

	test('a look clears what was seen, and not what two people changed after it', async () => {
		const home = household('Nhà cô Năm');
		const [made] = await push(city(), 'volunteer', [home]);
		const at = (base: number | undefined, fields: Fields) => ({
			...on(home, fields),
			base: base ?? 0
		});
		await push(city(), 'volunteer', [at(made?.seq, { note: 'một' })]);
		const [seen] = await push(city(), 'teammate', [at(made?.seq, { note: 'hai' })]);
		await push(city(), 'volunteer', [at(seen?.seq, { adults: 3 })]);
		await push(city(), 'teammate', [at(seen?.seq, { adults: 4 })]);
		await push(city(), 'leader', [at(seen?.seq, { looked: true })]);
		expect(await keptRow(city(), home)).toMatchObject({ overlap: ['adults'] });
	});

	test('what no phone can hold is not taken: a field nested a thousand deep', async () => {
		const deep = JSON.parse('['.repeat(1000) + ']'.repeat(1000));
		const home = household('A', { fields: { label: 'A', deep } });
		expect(await verdicts(city(), 'volunteer', [home, household('B')])).toEqual([
			'invalid bad_change fields',
			'applied'
		]);
		const pages = await pull(city(), 'teammate');
		expect(() => structuredClone(pages)).not.toThrow();
	});

	test('a visit that comes before its household is refused, in one batch as alone', async () => {
		const home = household('Nhà mới');
		expect(await verdicts(city(), 'volunteer', [visit(home.record_id), home])).toEqual([
			'invalid unknown_household household_id',
			'applied'
		]);
	});
});

function on({ kind, record_id }: Sent, fields: Fields): Sent {
	return { ...household(''), kind, record_id, base: 0, fields };
}

/** A record as it stands, without what differs between any two. */
async function keptRow(city: TestCity, { kind, record_id }: Sent) {
	const [row] = await city.owner.query<{ row: Fields }>(
		`select to_jsonb(r) - '{id,seq,recorded_at}'::text[] as row from app.${kind}s r where id = $1`,
		[record_id]
	);
	return row?.row;
}
