import { expect, test } from 'vitest';
import { household, localDay, pull, push } from '../support/changes';
import { onEachDatabase, type TestCity } from '../support/databases';
import { units, type CastName } from '../support/small_city';

const PHONE = '0905123456';
const agreed = {
	phone: '+84 905-123-456',
	name: 'cô Năm',
	consented_on: '2026-01-02',
	consent_text: 'contact_2026'
};

onEachDatabase((city) => {
	test('a number noted with consent is told to the team of the household, and to no officer', async () => {
		const home = await noted(city());
		expect(await contactFor(city(), 'leader', home)).toEqual({
			...{ ...agreed, phone: PHONE },
			recorded_by: expect.any(String)
		});
		expect(await contactFor(city(), 'officer', home)).toBeNull();
	});

	test('without a consent, or with what is no number, nothing is kept', async () => {
		const { consented_on: _, ...unasked } = agreed;
		const refused = [
			[unasked, 'missing'],
			[{ ...agreed, consented_on: localDay(2) }, 'date_in_future'],
			[{ ...agreed, phone: '113' }, 'bad_value'],
			[{ ...agreed, name: 'cô Năm 012345678901' }, 'id_number_in_note'],
			['0905123456', 'bad_value']
		] as const;
		for (const [contact, code] of refused) {
			const home = household('Nhà không số', {});
			const [verdict] = await push(city(), 'volunteer', [
				{ ...home, fields: { ...home.fields, contact } }
			]);
			expect(verdict).toMatchObject({ verdict: 'invalid', code, field: 'contact' });
		}
	});

	test('taken back, the number is gone everywhere, and the log never had it', async () => {
		const home = await noted(city(), '0905654321');
		await push(city(), 'leader', [change(home, { contact: null })]);
		expect(await contactFor(city(), 'volunteer', home)).toBeNull();
		for (const table of ['app.changes', 'app.households', 'app.household_contacts', 'audit.acts'])
			expect(
				await city().owner.query(`select 1 from ${table} t where t::text like '%905654321%'`),
				table
			).toEqual([]);
		const [, given, taken] = await city().owner.query<{ fields: object }>(
			`select fields from app.changes where record_id = '${home.record_id}' order by seq`
		);
		expect([given?.fields, taken?.fields]).toEqual([{ contact: true }, { contact: false }]);
	});

	test('a household that goes takes its number with it', async () => {
		const home = await noted(city());
		await push(city(), 'leader', [change(home, { discarded: true, reason: 'trùng' })]);
		expect(await rowsOf(city(), home)).toEqual([]);
	});
});

type Home = Awaited<ReturnType<typeof noted>>;

async function noted(city: TestCity, phone = agreed.phone) {
	const home = household('Nhà cô Năm');
	const [made] = await push(city, 'volunteer', [home]);
	const [verdict] = await push(city, 'volunteer', [
		change({ ...home, seq: made?.seq ?? 0 }, { contact: { ...agreed, phone } })
	]);
	expect(verdict).toMatchObject({ verdict: 'applied' });
	return { ...home, seq: verdict?.seq ?? 0 };
}

function change(home: { record_id: string; seq: number }, fields: Record<string, unknown>) {
	return { ...household(''), record_id: home.record_id, base: home.seq, fields };
}

const rowsOf = (city: TestCity, { record_id }: Home) =>
	city.owner.query(`select 1 from app.household_contacts where household_id = '${record_id}'`);

async function contactFor(city: TestCity, who: CastName, home: Home) {
	const groups = await pull(city, who, {});
	const rows = groups.find(({ group_id }) => group_id === units.to3)?.households ?? [];
	return rows.find(({ id }) => id === home.record_id)?.contact ?? null;
}
