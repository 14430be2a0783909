import { beforeEach, expect, test } from 'vitest';
import { CHOICES, QUESTION_KINDS } from '../../src/lib/domain/question';
import { household, localDay, push, visit, type Sent } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { cast, idOf, units, type CastName } from '../support/small_city';

type Question = {
	question_id: string;
	fingerprint: string;
	group_id: string;
	kind: string;
	on_day: string;
	person: string | null;
	facts: Record<string, unknown>;
	choices: string[];
};
type Told = { open: number; questions: Question[]; answers: Record<string, unknown>[] };
type Behind = { total: number; records: { id: string; author: string; household: string }[] };

const phone = (words: string) => ({ device_id: idOf(words), waiting: 0 });
/** A moment some days ago, by the clock of the house: '21:59:30'. */
const moment = (days: number, clock: string) =>
	new Date(`${localDay(-days)}T${clock}+07:00`).toISOString();

onEachDatabase((city) => {
	const asked = (who: CastName, unit_id: string | null = null) =>
		city().call<Told>(who, 'questions', { unit_id });
	const of = async (kind: string, who: CastName = 'leader') =>
		(await asked(who)).questions.filter((one) => one.kind === kind);
	const behind = (who: CastName, { group_id, question_id }: Question) =>
		city().call<Behind>(who, 'question_records', { group_id, question_id });
	const answer = (who: CastName, question: Question, choice: string, note = '') => {
		const { group_id, question_id, fingerprint } = question;
		const args = { group_id, question_id, fingerprint, choice, note };
		return city().call<{ problem: { code: string } | null }>(who, 'answer_question', args);
	};
	const homes = async (count: number): Promise<string[]> => {
		const made = Array.from({ length: count }, (_, n) => household(`Nhà thử số ${n}`));
		await push(city(), 'leader', made);
		return made.map(({ record_id }) => record_id);
	};
	const written = (at: string, ids: string[], fields: object = {}): Sent[] =>
		ids.map((id) => visit(id, { day: localDay(-3), ...fields }, { at }));

	beforeEach(() =>
		city().owner.exec(`
			delete from app.question_answers; delete from app.devices;
			delete from app.household_progress; delete from app.visits; delete from app.group_days; delete from app.changes;
			update app.group_logs set last_seq = 10000 + last_seq`)
	);

	test('five visits in one minute are asked about, with who wrote them and which they are; four are not', async () => {
		const ids = await homes(9);
		await push(city(), 'volunteer', written(moment(3, '17:30:05'), ids.slice(0, 4)));
		expect(await of('same_minute')).toEqual([]);
		// Knocking in vain is written down for a whole street at once.
		const nobody = { outcome: 'not_home', people_helped: 0, topics: [] };
		await push(city(), 'volunteer', written(moment(3, '17:30:20'), ids.slice(4, 8), nobody));
		expect(await of('same_minute')).toEqual([]);
		await push(city(), 'teammate', written(moment(3, '17:30:30'), ids.slice(4, 8)));
		expect(await of('same_minute')).toEqual([]);

		await push(city(), 'volunteer', written(moment(3, '17:30:50'), ids.slice(8)));
		const [question, ...others] = await of('same_minute');
		expect(others).toEqual([]);
		expect(question).toMatchObject({
			group_id: units.to3,
			on_day: localDay(-3),
			person: cast.volunteer.name,
			facts: { visits: 5, most: 5 },
			choices: ['caught_up', 'together', 'mistake', 'other']
		});
		const { total, records } = await behind('leader', question as Question);
		expect(total).toBe(5);
		expect(new Set(records.map(({ author }) => author))).toEqual(new Set([cast.volunteer.name]));
		expect(records.at(-1)?.household).toBe('Nhà thử số 8');
	});

	test('an answered question is not asked again until its facts change; who said what stays', async () => {
		const ids = await homes(6);
		await push(city(), 'volunteer', written(moment(2, '16:00:00'), ids.slice(0, 5)));
		const [first] = (await of('same_minute')) as [Question];
		expect(await answer('leader', first, 'caught_up', ' Ghi sau buổi chợ ')).toEqual({
			problem: null
		});
		expect(await of('same_minute')).toEqual([]);
		for (const who of ['leader', 'officer', 'coordinator'] as const)
			expect((await asked(who)).answers).toMatchObject([
				{
					...{ kind: 'same_minute', choice: 'caught_up', note: 'Ghi sau buổi chợ' },
					...{ answered_by: cast.leader.name, facts: { visits: 5 } }
				}
			]);

		await push(city(), 'volunteer', written(moment(2, '16:00:40'), ids.slice(5)));
		const [again] = (await of('same_minute')) as [Question];
		expect(again).toMatchObject({ question_id: first.question_id, facts: { visits: 6 } });
		// What was read before is no answer to what is so now.
		expect(await answer('leader', first, 'caught_up')).toMatchObject({
			problem: { code: 'unknown_question' }
		});
		expect(await answer('leader', again, 'other')).toMatchObject({ problem: { code: 'missing' } });
		expect(await answer('leader', again, 'holiday')).toMatchObject({
			problem: { code: 'bad_value' }
		});
		for (const [note, code] of [
			['x'.repeat(301), 'too_long'],
			['CCCD 048090001234', 'id_number_in_note'],
			['gọi 0905 123 456', 'phone_number']
		])
			expect(await answer('leader', again, 'other', note)).toMatchObject({ problem: { code } });
		expect(await answer('leader', again, 'together')).toEqual({ problem: null });
		expect((await asked('officer')).answers).toHaveLength(2);
	});

	test('a discarded visit takes its question away', async () => {
		const ids = await homes(5);
		const five = written(moment(2, '15:00:00'), ids);
		await push(city(), 'volunteer', five);
		expect(await of('same_minute')).toHaveLength(1);
		const [one] = five as [Sent];
		const gone = { discarded: true, reason: 'ghi nhầm' };
		await push(city(), 'volunteer', [
			{ ...one, change_id: idOf('taken back'), base: 0, fields: gone }
		]);
		expect(await of('same_minute')).toEqual([]);
	});

	test('only the leader answers; an officer reads all, a coordinator no names and no records, others nothing', async () => {
		const ids = await homes(5);
		await push(city(), 'volunteer', written(moment(2, '14:00:00'), ids));
		const [question] = (await of('same_minute', 'officer')) as [Question];
		expect(question.person).toBe(cast.volunteer.name);
		expect((await behind('officer', question)).total).toBe(5);

		const [seen] = (await of('same_minute', 'coordinator')) as [Question];
		expect(seen).toMatchObject({ question_id: question.question_id, person: null });
		expect(JSON.stringify(await asked('coordinator'))).not.toContain(cast.volunteer.person_id);
		expect(await behind('coordinator', question)).toEqual({ total: 0, records: [] });

		expect((await asked('farCoordinator')).questions).toEqual([]);
		for (const who of ['volunteer', 'stranger', 'city', 'administrator'] as const)
			await expect(asked(who)).rejects.toMatchObject({ code: '42501' });
		for (const who of ['volunteer', 'officer', 'coordinator', 'city'] as const) {
			const said = await answer(who, question, 'caught_up');
			expect(said).toMatchObject({ problem: { code: 'not_your_group' } });
		}
		await expect(asked('leader', idOf('no such unit'))).rejects.toMatchObject({ code: 'PT404' });
		expect((await asked('coordinator', units.hoaCuong)).questions).toEqual([]);
	});

	test('the same visit twice is asked about, whoever wrote it; a different one at the same door is not', async () => {
		const [home = ''] = await homes(1);
		await push(city(), 'volunteer', [
			...written(moment(3, '10:00:00'), [home]),
			...written(moment(3, '11:00:00'), [home], { people_helped: 2 }),
			...written(moment(2, '11:00:00'), [home], { day: localDay(-2) })
		]);
		expect(await of('copies')).toEqual([]);
		await push(city(), 'teammate', written(moment(3, '12:00:00'), [home]));
		const [question] = (await of('copies')) as [Question];
		expect(question).toMatchObject({ on_day: localDay(-3), facts: { visits: 2, people: 2 } });
		expect((await behind('leader', question)).records.map(({ author }) => author).sort()).toEqual(
			[cast.volunteer.name, cast.teammate.name].sort()
		);
	});

	test('three entries of a night are asked about, by the night in which it began; not if the clock was wrong', async () => {
		const ids = await homes(3);
		await push(city(), 'volunteer', [
			...written(moment(3, '21:59:59'), ids.slice(0, 1)),
			...written(moment(3, '22:00:00'), ids.slice(0, 1), { people_helped: 3 }),
			...written(moment(2, '04:59:59'), ids.slice(1, 2))
		]);
		expect(await of('night')).toEqual([]);
		await push(city(), 'volunteer', written(moment(2, '00:30:00'), ids.slice(2)));
		expect(await of('night')).toMatchObject([
			{ on_day: localDay(-3), facts: { visits: 3 }, person: cast.volunteer.name }
		]);
		await city().owner.exec(
			`insert into app.devices (city_id, device_id, person_id, clock_ahead_s) select city_id, '${idOf('clock')}', person_id, -7200
			from app.people where person_id = '${cast.volunteer.person_id}'`
		);
		expect(await of('night')).toEqual([]);
	});

	test('a phone that four members wrote on is asked about, and once only though they go on writing', async () => {
		await city().owner.exec(`
			insert into app.memberships (city_id, membership_id, person_id, role, team_id, from_day)
			select city_id, '${idOf('helps out')}', '${cast.stranger.person_id}', 'member', '${idOf('team Tổ 3')}', '2025-07-01' from app.cities
			on conflict do nothing`);
		const ids = await homes(5);
		const on = (who: CastName, nth: number, device: string) =>
			city().call(who, 'push', {
				protocol: 1,
				device: phone(device),
				changes: written(moment(3, `09:1${nth}:00`), ids.slice(nth, nth + 1))
			});
		await on('volunteer', 0, 'shared');
		await on('teammate', 1, 'shared');
		await on('leader', 2, 'shared');
		await on('stranger', 3, 'her own');
		expect(await of('shared_phone')).toEqual([]);
		await on('stranger', 3, 'shared');
		const [question] = (await of('shared_phone')) as [Question];
		expect(question.facts).toEqual({ people: 4, visits: 4 });
		await answer('leader', question, 'shared');
		await on('volunteer', 4, 'shared');
		expect(await of('shared_phone')).toEqual([]);
	});

	test('more households than the figure says are asked about again at every further tenth', async () => {
		// Tổ 3 has ten households, by the figure of an office.
		const ids = await homes(13);
		const reach = (from: number, to: number) =>
			push(
				city(),
				'volunteer',
				ids
					.slice(from, to)
					.flatMap((id, n) => written(moment(3, `1${n % 9}:${from + 10}:00`), [id]))
			);
		await reach(0, 10);
		expect(await of('over_households')).toEqual([]);
		await reach(10, 11);
		const [question] = (await of('over_households')) as [Question];
		expect(question.facts).toMatchObject({ reached: 11, households: 10, source: 'bịa' });
		expect((await behind('leader', question)).total).toBe(11);
		await answer('leader', question, 'figure_old');
		expect(await of('over_households')).toEqual([]);
		await reach(11, 12);
		expect((await of('over_households'))[0]?.facts).toMatchObject({ reached: 12 });
	});

	test('a week far above or far below what the group usually does is asked about, a drop once', async () => {
		const weeks = async (visits: number[]) => {
			await city().owner.exec('delete from app.group_days');
			const rows = visits.map(
				(n, at) =>
					`('thu-nghiem', '${units.to3}', date_trunc('week', app.today()::timestamp)::date - ${7 * (visits.length - at)} + 2, ${n})`
			);
			await city().owner.exec(
				`insert into app.group_days (city_id, group_id, day, visits) values ${rows.join(', ')}`
			);
			return (await asked('leader')).questions.map(({ kind, facts }) => [kind, facts.visits]);
		};
		const usual = [10, 12, 8, 10, 10, 12, 8, 10];
		expect(await weeks([...usual, 29])).toEqual([]);
		expect(await weeks([...usual, 30])).toEqual([['jump', 30]]);
		expect(await weeks([...usual, 3])).toEqual([]);
		expect(await weeks([...usual, 2, 1, 0])).toEqual([['drop', 2]]);
		// A team that hardly began, and one that did little, have no usual week.
		expect(await weeks([0, 0, 0, 0, 0, 40, 40, 40, 0])).toEqual([]);
		expect(await weeks([4, 4, 4, 4, 4, 4, 4, 4, 0])).toEqual([]);
	});

	test('the phone knows every kind and every choice that the database offers', async () => {
		const rows = await city().owner.query<{ kind: string; choice: string }>(
			'select kind, choice from app.question_choices'
		);
		expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set(QUESTION_KINDS));
		expect(new Set(rows.map(({ choice }) => choice))).toEqual(new Set(CHOICES));
	});
});
