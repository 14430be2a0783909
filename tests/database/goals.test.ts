import { expect, test } from 'vitest';
import { weekOf } from '../../src/lib/domain/week';
import { change, household, localDay, pull, push, verdicts } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { cast, units, type CastName } from '../support/small_city';

const MONDAY = weekOf(localDay());
const dayAfter = (day: string) => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
const goal = (fields: object = {}, rest: object = {}) =>
	change('goal', { from_week: MONDAY, households: 20, ...fields }, rest);
const thank = (fields: object = {}, rest: object = {}) =>
	change('thank', { week: MONDAY, to_id: null, words: 'Cảm ơn cả tổ!', ...fields }, rest);

onEachDatabase((city) => {
	const pulled = async (who: CastName) =>
		(await pull(city(), who)).flatMap(({ goals, thanks }) => [...goals, ...thanks]);

	test('the leader sets a goal and says thanks; both reach every phone of the team and no other', async () => {
		const sent = [goal(), thank({ to_id: cast.volunteer.person_id })];
		// In a push with other work they get their numbers as it stands there.
		expect(await verdicts(city(), 'leader', [household('K32/6'), ...sent])).toEqual(
			Array(3).fill('applied')
		);
		for (const who of ['volunteer', 'teammate', 'leader', 'officer'] as const)
			for (const { record_id, fields } of sent)
				expect((await pulled(who)).find(({ id }) => id === record_id)).toMatchObject({
					...fields,
					author_id: cast.leader.person_id
				});
		for (const who of ['stranger', 'coordinator', 'city'] as const)
			expect((await pulled(who)).map(({ id }) => id)).not.toContain(sent[0]?.record_id);
		const again = await push(city(), 'leader', sent);
		expect(again.map(({ verdict }) => verdict)).toEqual(['duplicate', 'duplicate']);
	});

	test('a member neither sets a goal nor says thanks for the team, nor takes back what the leader said', async () => {
		expect(await verdicts(city(), 'volunteer', [goal(), thank()])).toEqual([
			'invalid not_yours_to_arrange from_week',
			'invalid not_yours_to_arrange week'
		]);
		const said = thank();
		await push(city(), 'leader', [said]);
		const back = () =>
			change('thank', { discarded: true, reason: 'undo' }, { record_id: said.record_id, base: 1 });
		expect(await verdicts(city(), 'volunteer', [back()])).toEqual([
			'invalid not_yours_to_arrange discarded'
		]);
		expect(await verdicts(city(), 'leader', [back()])).toEqual(['applied']);
	});

	test('of another group they are nobody’s', async () => {
		const there = { group_id: units.to4 };
		expect(await verdicts(city(), 'leader', [goal({}, there), thank({}, there)])).toEqual([
			'refused not_your_group group_id',
			'refused not_your_group group_id'
		]);
	});

	test('a goal is a whole number within reason, from a Monday at hand', async () => {
		const wrong: [object, string][] = [
			[{ households: -1 }, 'out_of_range households'],
			[{ households: 501 }, 'out_of_range households'],
			[{ households: 1.5 }, 'bad_value households'],
			[{ households: null }, 'missing households'],
			[{ from_week: dayAfter(MONDAY) }, 'bad_value from_week'],
			[{ from_week: weekOf(localDay(60)) }, 'out_of_range from_week'],
			[{ from_week: null }, 'missing from_week']
		];
		for (const [fields, says] of wrong)
			expect(await verdicts(city(), 'leader', [goal(fields)])).toEqual([`invalid ${says}`]);
		expect(await verdicts(city(), 'leader', [goal({ households: 0 })])).toEqual(['applied']);
	});

	test('of a thank-you that holds what is never kept, nothing stays', async () => {
		const wrong = [
			['', 'missing'],
			['ơ'.repeat(201), 'too_long'],
			['Cảm ơn 012 345 678 901', 'id_number_in_note'],
			['thẻ 9704 1234 5678 9012', 'card_number_in_note'],
			['viết cho co.nam@example.com', 'email_in_note'],
			['mã OTP là 482913', 'otp_in_note'],
			['gọi tôi 0905 000 123', 'phone_number']
		];
		for (const [words, code] of wrong)
			expect(await verdicts(city(), 'leader', [thank({ words })])).toEqual([
				`invalid ${code} words`
			]);
		const [kept] = await city().owner.query<{ n: number }>(
			`select count(*)::int as n from app.changes where fields::text ~ '9704|482913|example'`
		);
		expect(kept?.n).toBe(0);
	});
});
