import fc from 'fast-check';
import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import {
	household,
	localDay,
	push,
	request,
	signup,
	training,
	verdicts,
	visit,
	type Sent
} from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { expectExact } from '../support/exact';
import { cast, units } from '../support/small_city';

const step = fc.record({
	what: fc.constantFrom(
		'visit',
		'visit',
		'signup',
		'training',
		'session of others',
		'ask',
		'ask',
		'take',
		'end',
		'edit',
		'come and go',
		'edit',
		'discard',
		'restore',
		'leave',
		'merge',
		'part'
	),
	// Two years, and days that fall into the same week.
	day: fc.oneof(fc.integer({ min: -390, max: 0 }), fc.integer({ min: -20, max: 0 })),
	home: fc.nat(5),
	which: fc.nat(30),
	outcome: fc.constantFrom('helped', 'come_back', 'not_home', 'refused', 'escalated'),
	result: fc.constantFrom('created', 'already_had', 'refused'),
	people: fc.integer({ min: 1, max: 9 })
});

onEachDatabase((city) => {
	test('totals equal a recount after any history of edits, discards and second thoughts', async () => {
		const history = fc.array(step, { minLength: 5, maxLength: 40 });
		await fc.assert(
			fc.asyncProperty(history, async (steps) => {
				const homes = Array.from({ length: 6 }, (_, i) => household(`Nhà ${i}`));
				const made: Sent[] = [];
				const changes: Sent[] = [...homes];
				for (const { what, day, home, which, outcome, result, people } of steps) {
					const household_id = homes[home]?.record_id ?? null;
					const earlier = made[which % Math.max(made.length, 1)];
					const on = (fields: Record<string, unknown>, of = earlier) =>
						of &&
						changes.push({
							...visit(null),
							kind: of.kind,
							record_id: of.record_id,
							base: 0,
							fields
						});
					const people_by_group = people % 2 ? { elderly: 1, poor: people } : {};
					if (what === 'visit')
						made.push(
							visit(household_id, {
								day: localDay(day),
								outcome,
								people_helped: people,
								people_by_group
							})
						);
					if (what === 'signup')
						made.push(signup(household_id, { day: localDay(day), result, people }));
					const attending = homes.slice(0, Math.min(home, people)).map((one) => one.record_id);
					if (what === 'training')
						made.push(
							training({
								day: localDay(day),
								headcount: people,
								people_by_group,
								household_ids: attending
							})
						);
					if (what === 'session of others')
						made.push(
							training({
								day: localDay(day),
								headcount: 0,
								household_ids: household_id ? [household_id, household_id] : attending,
								session_id: v7()
							})
						);
					const asked = made.filter(({ kind }) => kind === 'request').at(-1 - (which % 3));
					const taken = { taken_by: people % 4 ? cast.teammate.person_id : null };
					const ended =
						people % 4
							? { ended_as: which % 2 ? 'done' : 'solved', ended_on: localDay(day) }
							: { ended_as: '', ended_on: null };
					if (what === 'ask')
						made.push(
							request({
								asked_on: localDay(day - which),
								household_id: people % 2 ? household_id : null,
								...(people % 3 ? {} : taken),
								...(which % 3 ? {} : ended)
							})
						);
					if (what === 'take' && asked) on(taken, asked);
					if (what === 'end' && asked) on(ended, asked);
					if (['visit', 'signup', 'training', 'session of others', 'ask'].includes(what))
						changes.push(made.at(-1) as Sent);
					if (what === 'come and go' && earlier?.kind === 'training')
						on({ household_ids: attending.slice(0, 1), headcount: people });
					if (what === 'edit')
						on({ [earlier?.kind === 'request' ? 'asked_on' : 'day']: localDay(day) });
					if (what === 'discard') on({ discarded: true, reason: 'sai' });
					if (what === 'restore') on({ discarded: false });
					if (what === 'leave') on({ discarded: day % 2 === 0 }, homes[home]);
					if (what === 'merge') on({ merged_into: household_id }, homes[which % homes.length]);
					if (what === 'part') on({ merged_into: null }, homes[home]);
				}
				for (let i = 0; i < changes.length; i += 7)
					await push(city(), 'leader', changes.slice(i, i + 7));
				await expectExact(city().owner);
			}),
			{ numRuns: 25 }
		);
	});

	test('the last visit of a household is taken back with the visit', async () => {
		const home = household('Nhà cậu Mười');
		const one = visit(home.record_id);
		await push(city(), 'volunteer', [home, one]);
		const gone = {
			...visit(null),
			record_id: one.record_id,
			base: 0,
			fields: { discarded: true, reason: 'undo' }
		};
		await push(city(), 'volunteer', [gone]);
		const [progress] = await city().owner.query(
			'select first_reached_on, last_visited_on from app.household_progress where household_id = $1',
			[home.record_id]
		);
		expect(progress).toEqual({ first_reached_on: null, last_visited_on: null });
	});

	test('a training reaches thirty households at once, and none of them is reached twice', async () => {
		const homes = Array.from({ length: 30 }, (_, n) => household(`Nhà dự ${n}`));
		const household_ids = homes.map((one) => one.record_id);
		const session = training({ day: localDay(-1), headcount: 30, household_ids });
		const reached = async () => {
			const [row] = await city().owner.query<{ reached: number }>(
				`select sum(households_reached)::int as reached from app.group_days where group_id = $1`,
				[units.to3]
			);
			return row?.reached ?? 0;
		};
		await push(city(), 'volunteer', homes);
		const before = await reached();
		const later = visit(household_ids[0] ?? '');
		const [answered] = await push(city(), 'volunteer', [session, later]);
		expect(answered?.verdict).toBe('applied');
		expect((await reached()) - before).toBe(30);
		await expectExact(city().owner);

		// The visit still stands when the training is taken back: that household stays reached.
		const gone = { discarded: true, reason: 'ghi nhầm' };
		await push(city(), 'volunteer', [
			{ ...training(), record_id: session.record_id, base: 0, fields: gone }
		]);
		expect((await reached()) - before).toBe(1);
		await expectExact(city().owner);
	});

	test('households of another team at a session count once, and its people with those who held it', async () => {
		const here = household('Nhà bên này');
		const there = household('Nhà bên kia', { group_id: units.to1HoaCuong });
		await push(city(), 'volunteer', [here]);
		await push(city(), 'stranger', [there]);
		const session = training({ headcount: 2, household_ids: [here.record_id] });
		const attached = training(
			{ headcount: 0, session_id: session.record_id, household_ids: [there.record_id] },
			{ group_id: units.to1HoaCuong }
		);
		const attendance = async () => {
			const [row] = await city().owner.query<{ trainings: number; attendance: number }>(
				'select sum(trainings)::int as trainings, sum(attendance)::int as attendance from app.group_days'
			);
			return row ?? { trainings: 0, attendance: 0 };
		};
		const before = await attendance();
		// The other team's phone may be the first to have a network.
		expect(await verdicts(city(), 'stranger', [attached])).toEqual(['applied']);
		expect(await verdicts(city(), 'volunteer', [session])).toEqual(['applied']);
		const after = await attendance();
		expect([after.trainings - before.trainings, after.attendance - before.attendance]).toEqual([
			1, 2
		]);
		await expectExact(city().owner);
	});

	test('nobody marks a household of another group by a training', async () => {
		const there = household('Nhà của tổ khác', { group_id: units.to1HoaCuong });
		const here = household('Nhà của tổ này');
		await push(city(), 'stranger', [there]);
		await push(city(), 'volunteer', [here]);
		const session = training({ household_ids: [there.record_id, here.record_id, here.record_id] });
		expect(await verdicts(city(), 'volunteer', [session])).toEqual(['applied']);
		const [kept] = await city().owner.query<{ household_ids: string[] }>(
			'select household_ids from app.trainings where id = $1',
			[session.record_id]
		);
		expect(kept?.household_ids).toEqual([here.record_id]);
		await expectExact(city().owner);
	});

	test('a household that comes after the training that names it is counted as reached by it', async () => {
		const late = household('Nhà tới sau buổi tập huấn');
		const session = training({ household_ids: [late.record_id] });
		expect(await verdicts(city(), 'volunteer', [session])).toEqual(['applied']);
		expect(await verdicts(city(), 'teammate', [late])).toEqual(['applied']);
		const [progress] = await city().owner.query<{ days: number }>(
			'select cardinality(reached_on) as days from app.household_progress where household_id = $1',
			[late.record_id]
		);
		expect(progress?.days).toBe(1);
		await expectExact(city().owner);
	});

	test('the city sees the ward change; a missing denominator stays missing', async () => {
		type Row = Record<string, unknown> & { ward_id: string };
		const wards = async () =>
			(await city().call<{ rows: Row[] }>('city', 'compare_wards', { month: localDay() })).rows;
		const of = (rows: Row[], id: string) => rows.find((row) => row.ward_id === id);
		const before = of(await wards(), units.haiChau);
		const home = household('Nhà mợ Ba');
		await push(city(), 'volunteer', [
			home,
			visit(home.record_id, { people_helped: 2 }),
			signup(home.record_id),
			training({ household_ids: [home.record_id] }),
			request()
		]);
		const rows = await wards();
		const after = of(rows, units.haiChau);
		const gain = (key: string) => Number(after?.[key]) - Number(before?.[key]);
		const figures = ['reached', 'visits', 'people_helped', 'attendance', 'households_learned'];
		expect([...figures, 'requests_opened', 'requests_done'].map(gain)).toEqual([
			1, 1, 2, 12, 1, 1, 0
		]);
		expect(after?.households).toBe(40);
		expect(after?.coverage).toBeCloseTo(Number(after?.reached) / 40, 4);
		expect(of(rows, units.camLe)).toMatchObject({
			households: null,
			coverage: null,
			visits: 0,
			reached: 0
		});
	});

	test('the coordinator sees the groups of the area, and only of the area', async () => {
		type Answer = { rows: { group_id: string }[] };
		const groups = async (who: 'coordinator' | 'farCoordinator', unit_id: string) =>
			(await city().call<Answer>(who, 'coverage', { unit_id, month: localDay() })).rows.map(
				(row) => row.group_id
			);
		expect(new Set(await groups('coordinator', units.area))).toEqual(
			new Set([units.to3, units.to4, units.to1HoaCuong])
		);
		expect(await groups('farCoordinator', units.area)).toEqual([]);
		await expect(
			city().call('volunteer', 'compare_wards', { month: localDay() })
		).rejects.toMatchObject({ code: '42501' });
		await expect(
			city().call('coordinator', 'coverage', {
				unit_id: '0199aaaa-0000-7000-8000-000000000000',
				month: localDay()
			})
		).rejects.toMatchObject({ code: 'PT404' });
	});
});
