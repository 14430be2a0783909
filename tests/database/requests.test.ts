import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import { RESIDENT } from '../../src/lib/domain/request';
import { asking } from '../support/asking';
import { change, household, localDay, pull, push, verdicts, visit } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { cast, units, type CastName } from '../support/small_city';

onEachDatabase((city) => {
	const { poster, page, ask, enter } = asking(city);
	const pulled = async (who: CastName) =>
		(await pull(city(), who)).flatMap((group) => group.requests);
	const count = async (table: string) =>
		(await city().owner.query<{ n: number }>(`select count(*)::int as n from ${table}`))[0]?.n;

	test('what somebody asks by a poster reaches every phone of the team, and no other team', async () => {
		const { token, group_name } = await poster('leader');
		expect(group_name).toBe('Tổ 3');
		expect(token).toMatch(/^[0-9a-f]{12}$/);
		const { request_id } = await ask(token, { label: '  K32/6, sau chợ ' });
		for (const who of ['volunteer', 'teammate', 'leader', 'officer'] as const)
			expect((await pulled(who)).find(({ id }) => id === request_id)).toMatchObject({
				label: 'K32/6, sau chợ',
				topic: 'vneid',
				wish_time: 'evening',
				wish_weekdays: ['sat', 'sun'],
				asked_on: localDay(),
				source: 'poster',
				consent: 'form_1',
				author_id: RESIDENT,
				ended_as: ''
			});
		for (const who of ['stranger', 'coordinator', 'city'] as const)
			expect((await pulled(who)).map(({ id }) => id)).not.toContain(request_id);
	});

	test('the leader and an officer of the ward make a poster, nobody else; it stays until it is renewed', async () => {
		const { token } = await poster('leader');
		expect((await poster('officer')).token).toBe(token);
		for (const who of ['volunteer', 'stranger', 'coordinator', 'city'] as const)
			expect(await poster(who)).toMatchObject({ problem: { code: 'not_your_group' } });
		expect(await poster('leader', units.to4)).toMatchObject({
			problem: { code: 'not_your_group' }
		});
		const renewed = await poster('leader', units.to3, true);
		expect(renewed.token).not.toBe(token);
		expect(await page(token)).toBeNull();
		expect(await ask(token)).toMatchObject({
			request_id: null,
			problems: [{ code: 'unknown_poster' }]
		});
		expect(await page(renewed.token)).toMatchObject({
			group_name: 'Tổ 3',
			city_name: 'Thành phố thử'
		});
		const made = await city().owner.query<{ place_id: string }>(
			`select place_id from audit.acts where act = 'make_poster'`
		);
		expect(made).toEqual([{ place_id: units.to3 }, { place_id: units.to3 }]);
	});

	test.each([
		[{ label: ' ' }, 'missing label'],
		[{ label: 'x'.repeat(81) }, 'too_long label'],
		[{ label: 'căn cước 012 345 678 901' }, 'id_number_in_note label'],
		[{ label: 'thẻ 4111 1111 1111 1111' }, 'card_number_in_note label'],
		[{ label: 'nam@thu.vn' }, 'email_in_note label'],
		[{ label: 'mã OTP 123456' }, 'otp_in_note label'],
		[{ label: 'Nhà cô Năm 0905 000 123' }, 'phone_number label'],
		[{ label: 'Nhà \u202eôc' }, 'bad_value label'],
		[{ topic: 'Không phải mã' }, 'bad_value topic'],
		[{ wish_time: 'midnight' }, 'bad_value wish_time'],
		[{ wish_weekdays: ['ngày'] }, 'bad_value wish_weekdays'],
		[{ consent: '' }, 'missing consent']
	])('of %o nothing is kept before it is mended: %s', async (said, problem) => {
		const { token } = await poster('leader');
		const before = [
			await count('app.requests'),
			await count('app.changes'),
			await count('app.tries')
		];
		for (const answer of [await ask(token, said), await enter('officer', units.to3, said)]) {
			expect(answer.request_id).toBeNull();
			expect(answer.problems.map(({ code, field }) => `${code} ${field}`)).toEqual([problem]);
		}
		expect([
			await count('app.requests'),
			await count('app.changes'),
			await count('app.tries')
		]).toEqual(before);
	});

	test('sent twice on a weak line, it is there once', async () => {
		const { token } = await poster('leader');
		const id = v7();
		const before = await count('app.requests');
		expect(await ask(token, {}, id)).toMatchObject({ request_id: id });
		expect(await ask(token, {}, id)).toMatchObject({ request_id: id });
		expect(
			await enter('officer', units.to3, {}, (await enter('officer')).request_id ?? '')
		).toMatchObject({
			problems: []
		});
		expect(await count('app.requests')).toBe((before ?? 0) + 2);
	});

	test('an officer writes down a call for a group of the ward, and nobody for a group that is not theirs', async () => {
		const { request_id } = await enter('officer', units.to4, { label: 'Nhà bác Sáu' });
		expect((await pulled('officer')).find(({ id }) => id === request_id)).toMatchObject({
			source: 'hotline',
			author_id: cast.officer.person_id
		});
		for (const [who, group_id] of [
			['officer', units.to1CamLe],
			['volunteer', units.to3],
			['city', units.to3],
			['leader', units.to4]
		] as const)
			expect(await enter(who, group_id)).toMatchObject({
				problems: [{ code: 'not_your_group', field: 'group_id' }]
			});
	});

	test('a member takes it, ends it with the visit, and the officer sees both', async () => {
		const { request_id: record_id } = await enter('officer', units.to3, { label: 'Nhà ông Tám' });
		const request = (fields: object, base: number) =>
			change('request', { ...fields }, { record_id: record_id ?? '', base });
		type List = { requests: { id: string; taken_by: string | null; ended_as: string }[] };
		const seen = async (who: CastName) =>
			(await city().call<List>(who, 'requests_received', {})).requests.find(
				({ id }) => id === record_id
			);
		expect(await seen('officer')).toMatchObject({ taken_by: null, ended_as: '' });

		const seq = (await pulled('volunteer')).find(({ id }) => id === record_id)?.seq ?? 0;
		const mine = { taken_by: cast.volunteer.person_id };
		expect(await verdicts(city(), 'volunteer', [request(mine, seq)])).toEqual(['applied']);
		// A teammate who had not heard of it took it too: the later word stands, and nobody has to look.
		const theirs = { taken_by: cast.teammate.person_id };
		expect(await verdicts(city(), 'teammate', [request(theirs, seq)])).toEqual(['applied']);
		expect(await seen('leader')).toMatchObject({ taken_by: cast.teammate.name });

		const home = household('Nhà ông Tám');
		const done = visit(home.record_id);
		const end = { household_id: home.record_id, visit_id: done.record_id, ended_as: 'done' };
		const sent = [home, done, request({ ...end, ended_on: localDay() }, seq + 2)];
		expect(await verdicts(city(), 'teammate', sent)).toEqual(['applied', 'applied', 'applied']);
		expect(await seen('officer')).toMatchObject({ ended_as: 'done', taken_by: cast.teammate.name });
		expect(await seen('coordinator')).toBeUndefined();
	});

	test('a household of another group is no door of a request, and an end has its day', async () => {
		const { request_id: record_id } = await enter('officer');
		const far = household('Nhà xa', { group_id: units.to1HoaCuong });
		await push(city(), 'stranger', [far]);
		const edit = (fields: object) =>
			change('request', { ...fields }, { record_id: record_id ?? '', base: 1 });
		expect(
			await verdicts(city(), 'leader', [
				edit({ household_id: far.record_id }),
				edit({ ended_as: 'done' }),
				edit({ label: 'mã OTP 445566' }),
				edit({ ended_as: 'solved', ended_on: localDay() })
			])
		).toEqual([
			'invalid household_of_another_group household_id',
			'invalid missing ended_on',
			'invalid otp_in_note label',
			'applied'
		]);
	});

	test('a member writes down what somebody asked in the street, among visits, in one push', async () => {
		const home = household('Nhà Lan');
		const asked = change('request', {
			label: 'Quán nước đầu ngõ',
			asked_on: localDay(),
			source: 'team',
			consent: 'spoken_1'
		});
		const bare = change('request', { label: 'Quán nước', asked_on: localDay(), source: 'team' });
		const sent = [home, asked, visit(home.record_id), bare];
		expect(await verdicts(city(), 'volunteer', sent)).toEqual([
			'applied',
			'applied',
			'applied',
			'invalid missing consent'
		]);
		expect((await pulled('leader')).map(({ id }) => id)).toContain(asked.record_id);
	});
});
