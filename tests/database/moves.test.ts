import { expect, test } from 'vitest';
import {
	change,
	household,
	localDay,
	pull,
	push,
	signup,
	verdicts,
	visit,
	type Answered,
	type Pulled,
	type Sent
} from '../support/changes';
import { v7 } from 'uuid';
import { onEachDatabase, type TestCity } from '../support/databases';
import { KEPT_DAYS, KEPT_SERVICES, RECOUNT_DAYS, RECOUNT_SERVICES } from '../support/recount';
import { cast, idOf, units, type CastName } from '../support/small_city';

onEachDatabase((city) => {
	test('a household that moves is told to its new group with what was done at its door, and leaves its old one', async () => {
		const { home, helped, signed } = await settled(city());
		const before = await cursorsOf(city(), 'volunteer');
		expect(await move(city(), 'officer', home)).toMatchObject({ verdict: 'applied' });

		const old = await news(city(), 'volunteer', units.to3, before);
		expect(old.moved.map(({ kind, id }) => [kind, id])).toEqual([
			['household', home.record_id],
			['visit', helped.record_id],
			['signup', signed.record_id]
		]);
		expect(old.more).toBe(false);
		const all = await news(city(), 'officer', units.to4);
		expect(all.households.map(({ id }) => id)).toContain(home.record_id);
		expect(all.visits.map(({ id }) => id)).toContain(helped.record_id);
		expect(all.signups.map(({ id }) => id)).toContain(signed.record_id);
		expect(
			(await news(city(), 'volunteer', units.to3)).households.map(({ id }) => id)
		).not.toContain(home.record_id);
	});

	test('who asked for help at its door is answered by the team that serves it now', async () => {
		const { home } = await settled(city());
		const ask = (fields: object) =>
			change('request', {
				...{ label: 'Nhà cô Năm, cổng xanh', asked_on: localDay(), source: 'team' },
				...{ consent: 'spoken_1', household_id: home.record_id, ...fields }
			});
		const taken = ask({ taken_by: cast.volunteer.person_id });
		const ended = { ended_as: 'done', ended_on: localDay() };
		const done = ask({ taken_by: cast.volunteer.person_id, ...ended });
		const elsewhere = ask({ household_id: null });
		await push(city(), 'volunteer', [taken, done, elsewhere]);
		const before = await cursorsOf(city(), 'volunteer');
		await move(city(), 'officer', home);

		const old = await news(city(), 'volunteer', units.to3, before);
		const gone = old.moved.flatMap(({ kind, id }) => (kind === 'request' ? id : []));
		expect(new Set(gone)).toEqual(new Set([taken.record_id, done.record_id]));
		const there = (await news(city(), 'officer', units.to4)).requests;
		// Nobody of the new team goes there yet; by whom it was done stays true.
		expect(there.find(({ id }) => id === taken.record_id)).toMatchObject({ ended_as: '' });
		expect(there.find(({ id }) => id === taken.record_id)?.taken_by ?? null).toBeNull();
		expect(there.find(({ id }) => id === done.record_id)).toMatchObject({
			taken_by: cast.volunteer.person_id
		});
		expect(there.map(({ id }) => id)).not.toContain(elsewhere.record_id);
		// Nor is it counted as taken, in either group.
		await exact(city());
		// What a phone of the old team had written before finds its way.
		const late = edit(taken, 1, ended, yesterday());
		expect((await push(city(), 'volunteer', [late]))[0]).toMatchObject({
			verdict: 'applied',
			group_id: units.to4
		});
		await move(city(), 'officer', home, units.to3);
		const back = (await news(city(), 'volunteer', units.to3)).requests;
		expect(back.find(({ id }) => id === taken.record_id)).toMatchObject(ended);
	});

	test('totals of both groups stay what a recount says, there and back again', async () => {
		const { home } = await settled(city());
		await exact(city());
		await move(city(), 'officer', home);
		await exact(city());
		await move(city(), 'officer', home, units.to3);
		await exact(city());
		expect((await news(city(), 'volunteer', units.to3)).households.map(({ id }) => id)).toContain(
			home.record_id
		);
	});

	test('what was done before the move and sent after it goes where the household is', async () => {
		const { home, helped, seq } = await settled(city());
		const late = visit(home.record_id, { day: localDay(-1) }, { at: yesterday() });
		const noted = edit(helped, seq, { note: 'hẹn lại', reason: 'bổ sung' }, yesterday());
		await move(city(), 'officer', home);
		const answered = await push(city(), 'volunteer', [late, noted]);
		expect(answered).toEqual([
			expect.objectContaining({ verdict: 'applied', group_id: units.to4 }),
			expect.objectContaining({ verdict: 'applied', group_id: units.to4 })
		]);
		expect((await push(city(), 'volunteer', [late]))[0]).toMatchObject({
			verdict: 'duplicate',
			group_id: units.to4
		});
		const there = await news(city(), 'officer', units.to4);
		expect(there.visits.find(({ id }) => id === helped.record_id)).toMatchObject({
			note: 'hẹn lại'
		});
		expect(there.visits.map(({ id }) => id)).toContain(late.record_id);
		await exact(city());
	});

	test('what was done after the move by somebody who serves only the old group is refused, and its neighbours are not', async () => {
		const { home } = await settled(city());
		await move(city(), 'officer', home);
		const later = { at: new Date(Date.now() + 1000).toISOString() };
		const too_late = visit(home.record_id, {}, later);
		const elsewhere = household('Nhà bên cạnh', later);
		expect(await verdicts(city(), 'volunteer', [too_late, elsewhere])).toEqual([
			'refused household_moved group_id',
			'applied'
		]);
		// It came back: what was refused is taken when it is sent again.
		await move(city(), 'officer', home, units.to3);
		expect(await verdicts(city(), 'volunteer', [too_late])).toEqual(['applied']);
	});

	test('its history stays readable where it is, with who moved it and why', async () => {
		const { home } = await settled(city());
		await move(city(), 'officer', home);
		const entries = await city().call<Entry[]>('officer', 'history', { record_id: home.record_id });
		expect(
			entries.map(({ author, fields, earlier, reason }) => [author, fields, earlier, reason])
		).toEqual([
			[cast.officer.name, { group_id: units.to4 }, { group_id: units.to3 }, 'chuyển nhà'],
			[cast.volunteer.name, { label: home.fields.label }, {}, null]
		]);
		expect(await city().call('volunteer', 'history', { record_id: home.record_id })).toEqual([]);
	});

	test('work on it goes on in the new group', async () => {
		const { home, helped } = await settled(city());
		await move(city(), 'officer', home);
		await serve(city(), units.to4, async () => {
			const there = await news(city(), 'volunteer', units.to4);
			const row = there.visits.find(({ id }) => id === helped.record_id);
			const noted = {
				...edit(helped, row?.seq ?? 0, { note: 'xong', reason: 'bổ sung' }),
				group_id: units.to4
			};
			const next = visit(home.record_id, {}, { group_id: units.to4 });
			expect(await verdicts(city(), 'volunteer', [noted, next])).toEqual(['applied', 'applied']);
		});
		await exact(city());
	});

	test('who may record in both groups moves it, who may only in one does not', async () => {
		const { home } = await settled(city());
		expect(await move(city(), 'volunteer', home)).toMatchObject({
			verdict: 'refused',
			code: 'not_your_group'
		});
		for (const who of ['stranger', 'coordinator', 'farCoordinator', 'nobody'] as const)
			expect(await move(city(), who, home)).toMatchObject({
				verdict: 'refused',
				code: 'unknown_household'
			});
		expect(await move(city(), 'officer', home, units.to1CamLe)).toMatchObject({
			verdict: 'refused',
			code: 'not_your_group'
		});
		await serve(city(), units.to4, async () => {
			expect(await move(city(), 'volunteer', home)).toMatchObject({ verdict: 'applied' });
		});
	});

	test('a move needs a reason, happens once however often it is asked for, and has one answer', async () => {
		const { home } = await settled(city());
		expect(await move(city(), 'officer', home, units.to4, { reason: ' ' })).toMatchObject({
			verdict: 'invalid',
			code: 'missing',
			field: 'reason'
		});
		expect(
			await move(city(), 'officer', home, units.to4, { reason: 'CCCD 048 099 001 234' })
		).toMatchObject({ verdict: 'invalid', code: 'id_number_in_note', field: 'reason' });
		const change_id = v7();
		const first = await move(city(), 'officer', home, units.to4, { change_id });
		expect(await move(city(), 'officer', home, units.to4, { change_id })).toMatchObject({
			verdict: 'duplicate',
			seq: first.seq
		});
	});

	test('a phone cannot say by itself that something has moved', async () => {
		const { home } = await settled(city());
		const crafted = {
			...visit(home.record_id, {}, { group_id: units.to4 }),
			moved_from: units.to3,
			moved_at: '2099-01-01T00:00:00Z'
		};
		expect(await verdicts(city(), 'volunteer', [crafted])).toEqual([
			'refused not_your_group group_id'
		]);
	});
});

type Entry = Record<'author' | 'fields' | 'earlier' | 'reason', unknown>;
type News = Pulled & { moved: { id: string; kind: string; seq: number }[] };

/** A household of Tổ 3 with a visit and a sign-up of two days ago, and the visit's number. */
async function settled(city: TestCity) {
	const home = household('Nhà sắp chuyển');
	const helped = visit(home.record_id, { day: localDay(-2) });
	const signed = signup(home.record_id, { day: localDay(-2) });
	const answered = await push(city, 'volunteer', [home, helped, signed]);
	return { home, helped, signed, seq: answered[1]?.seq ?? 0 };
}

function move(
	city: TestCity,
	who: CastName,
	home: Sent,
	group_id = units.to4,
	{ change_id = v7(), reason = 'chuyển nhà' } = {}
) {
	return city.call<Answered>(who, 'move_household', {
		protocol: 1,
		change_id,
		household_id: home.record_id,
		group_id,
		reason
	});
}

const yesterday = () => `${localDay(-1)}T03:00:00Z`;

function edit(record: Sent, base: number, fields: Record<string, unknown>, at?: string): Sent {
	return { ...record, change_id: v7(), base, fields, at: at ?? new Date().toISOString() };
}

async function cursorsOf(city: TestCity, who: CastName) {
	const pages = await pull(city, who);
	return Object.fromEntries(pages.map((page) => [page.group_id, page.cursor]));
}

/** What a person is told of one group, as one page. */
async function news(city: TestCity, who: CastName, group_id: string, cursors = {}): Promise<News> {
	const pages = (await pull(city, who, cursors)).filter((page) => page.group_id === group_id);
	const lists = ['households', 'visits', 'signups', 'trainings', 'moved'] as const;
	const all = pages.reduce((sum, page) => ({
		...page,
		...Object.fromEntries(
			lists.map((list) => [list, [...(sum as News)[list], ...(page as News)[list]]])
		)
	})) as News;
	return all;
}

/** The volunteer's team serves another group besides its own for the length of some work. */
async function serve(city: TestCity, group_id: string, work: () => Promise<void>) {
	const team = idOf('team Tổ 3');
	await city.owner.exec(
		`insert into app.team_groups (city_id, team_id, group_id, from_day)
		select city_id, '${team}', '${group_id}', '2025-07-01' from app.cities`
	);
	try {
		await work();
	} finally {
		await city.owner.exec(
			`delete from app.team_groups where team_id = '${team}' and group_id = '${group_id}'`
		);
	}
}

async function exact(city: TestCity) {
	expect(await city.owner.query(KEPT_DAYS)).toEqual(await city.owner.query(RECOUNT_DAYS));
	expect(await city.owner.query(KEPT_SERVICES)).toEqual(await city.owner.query(RECOUNT_SERVICES));
}
