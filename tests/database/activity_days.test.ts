import { expect, test } from 'vitest';
import { household, localDay, push, training, visit } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { cast, idOf, type CastName } from '../support/small_city';

const team_id = idOf('team Tổ 3');
/** Days of last month: none of them depends on how old this month is. */
const day = (n: number) => {
	const [year = 0, month = 1] = localDay().split('-').map(Number);
	return new Date(Date.UTC(year, month - 2, n)).toISOString().slice(0, 10);
};
const first_day = day(1);

type Team = {
	team_id: string;
	confirmed_at: string | null;
	members: { person_id: string; name: string; recorded: string[]; confirmed: string[] }[];
};
type Answer = { problem: { code: string; field: string } | null };

onEachDatabase((city) => {
	const months = (who: CastName) => city().call<Team[]>(who, 'activity_days', { first_day });
	const confirm = (who: CastName, days: object[]) =>
		city().call<Answer>(who, 'confirm_activity_days', { team_id, first_day, days });
	const of = (teams: Team[], who: CastName) =>
		teams
			.find((team) => team.team_id === team_id)
			?.members.find(({ person_id }) => person_id === cast[who].person_id);
	const one = (who: CastName, n: number) => ({ person_id: cast[who].person_id, day: day(n) });

	test('days come from visits and from trainings that somebody was at; the leader confirms and adds', async () => {
		const home = household('Nhà cô Năm');
		const wrong = visit(home.record_id, { day: day(9) });
		await push(city(), 'volunteer', [
			home,
			visit(home.record_id, { day: day(3) }),
			visit(home.record_id, { day: day(3) }),
			wrong,
			training({ day: day(5), member_ids: [cast.teammate.person_id, cast.stranger.person_id] })
		]);
		const gone = { discarded: true, reason: 'ghi nhầm' };
		await push(city(), 'volunteer', [{ ...wrong, change_id: idOf('gone'), base: 0, fields: gone }]);

		const before = await months('leader');
		expect(before.map((team) => team.team_id)).toEqual([team_id]);
		expect(before[0]?.confirmed_at).toBeNull();
		expect(of(before, 'volunteer')?.recorded).toEqual([day(3), day(5)]);
		expect(of(before, 'teammate')?.recorded).toEqual([day(5)]);
		// Not a member of this team, whatever a record says.
		expect(of(before, 'stranger')).toBeUndefined();

		const days = [one('volunteer', 3), one('teammate', 5), one('teammate', 6), one('teammate', 6)];
		expect(await confirm('leader', days)).toEqual({ problem: null });
		const after = await months('officer');
		expect(of(after, 'volunteer')?.confirmed).toEqual([day(3)]);
		expect(of(after, 'teammate')).toMatchObject({
			recorded: [day(5)],
			confirmed: [day(5), day(6)]
		});
		// Confirmed anew, it takes the place of what was confirmed before.
		expect(await confirm('officer', [one('volunteer', 5)])).toEqual({ problem: null });
		expect(of(await months('leader'), 'teammate')?.confirmed).toEqual([]);
	});

	test('nobody else sees or confirms the days of a team', async () => {
		for (const who of ['volunteer', 'stranger', 'coordinator', 'city'] as const) {
			expect(await months(who)).toEqual([]);
			expect(await confirm(who, [one('volunteer', 3)])).toMatchObject({
				problem: { code: 'not_your_group' }
			});
		}
	});

	test('days of strangers, of another month, to come, or that are none, are not confirmed', async () => {
		const codes = async (days: object[]) => (await confirm('leader', days)).problem?.code;
		expect(await codes([one('stranger', 3)])).toBe('unknown_person');
		expect(await codes([{ ...one('volunteer', 3), day: localDay(2) }])).toBe('date_in_future');
		expect(await codes([{ ...one('volunteer', 3), day: day(-40) }])).toBe('date_in_future');
		expect(await codes([{ ...one('volunteer', 3), day: '2026-02-30' }])).toBe('bad_value');
		expect(await codes([{ day: day(3) }])).toBe('bad_value');
		expect(await codes([{ ...one('volunteer', 3), plan_line: 'Ra quân!' }])).toBe('bad_value');
	});
});
