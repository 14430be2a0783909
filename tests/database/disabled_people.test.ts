import { expect, test } from 'vitest';
import { household, localDay } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { door } from '../support/door';
import { addKey, handIn, handInVerdicts } from '../support/hand_in';
import { cast, idOf, units, type CastName } from '../support/small_city';

type Acted = { person_id?: string; problem?: { code: string } };
type People = { people: { person_id: string; standing: { state: string } }[] };

onEachDatabase((city) => {
	const { invite, join, me, memberships, newPhone } = door(city);
	const disable = (by: CastName, who: CastName, disabled: boolean | null = true) =>
		city().call<Acted>(by, 'disable_person', { person_id: cast[who].person_id, disabled });
	const standing = async (who: CastName) => {
		const { people } = await city().call<People>('leader', 'place_people', {
			place_id: idOf('team Tổ 3')
		});
		return people.find((one) => one.person_id === cast[who].person_id)?.standing.state;
	};

	test('who must not use the app any more is out at the next call, and no invitation lets them in', async () => {
		const [phone, later] = [newPhone(), newPhone()];
		await join((await invite('leader', 'teammate', true)).code, phone);
		await me('teammate', phone);
		const unused = (await invite('leader', 'teammate', true)).code;
		expect(await disable('leader', 'teammate')).toEqual({ person_id: cast.teammate.person_id });
		await expect(me('teammate', phone)).rejects.toMatchObject({ code: 'PT401' });
		expect(await join(unused, later)).toMatchObject({ problem: { code: 'withdrawn_invitation' } });
		expect(await invite('leader', 'teammate')).toMatchObject({
			problem: { code: 'unknown_person' }
		});
		expect(await standing('teammate')).toBe('disabled');
		const { membership_ids } = await city().call<{ membership_ids: string[] }>(
			'officer',
			'uninvited',
			{ unit_id: units.haiChau }
		);
		const [place] = await memberships('teammate');
		expect(membership_ids, 'no card is printed for them').not.toContain(place);
	});

	test('let in again, they keep their place and come in by a new invitation', async () => {
		await disable('leader', 'teammate', false);
		expect(await standing('teammate')).not.toBe('disabled');
		const phone = newPhone();
		await join((await invite('leader', 'teammate')).code, phone);
		expect(await me('teammate', phone)).toMatchObject({ name: cast.teammate.name });
	});

	test('only who looks after all their places may do it, and nobody to themselves', async () => {
		for (const [by, who] of [
			['volunteer', 'teammate'],
			['nobody', 'teammate'],
			['stranger', 'teammate'],
			['coordinator', 'teammate'],
			['leader', 'leader'],
			['leader', 'officer'],
			['officer', 'officer'],
			['officer', 'stranger'],
			['city', 'administrator']
		] as const)
			expect([by, who, await disable(by, who)]).toMatchObject([
				by,
				who,
				{ problem: { code: 'not_yours_to_give' } }
			]);
		expect(await disable('administrator', 'administrator')).toMatchObject({
			problem: { code: 'not_yourself' }
		});
		expect(await disable('leader', 'teammate', null)).toMatchObject({
			problem: { code: 'missing' }
		});
		expect(await city().call('stranger', 'me')).toMatchObject({ name: cast.stranger.name });
	});

	test('staff are disabled by staff above them whose password was given a moment ago', async () => {
		const heard = (ago: string) =>
			city().owner.exec(
				`update app.sessions set signed_in_at = now() - interval '${ago}' where person_id = '${cast.city.person_id}'`
			);
		await heard('1 hour');
		expect(await disable('city', 'officer')).toMatchObject({ problem: { code: 'sign_in_again' } });
		await heard('1 minute');
		expect(await disable('city', 'officer')).toEqual({ person_id: cast.officer.person_id });
		await expect(city().call('officer', 'me')).rejects.toMatchObject({ code: 'PT401' });
		const [act] = await city().owner.query<{ act: string; actor_id: string; fields: string[] }>(
			'select act, actor_id::text, fields from audit.acts where subject_id = $1::uuid order by act_id desc limit 1',
			[cast.officer.person_id]
		);
		expect(act).toEqual({
			act: 'disable_person',
			actor_id: cast.city.person_id,
			fields: ['disabled_at']
		});
	});

	test('what their phone holds of the days until then is handed in under their name', async () => {
		const key = await addKey(city(), 'volunteer');
		const today = household('Nhà bà Sáu', { at: `${localDay()}T00:30:00Z` });
		await disable('leader', 'volunteer');
		expect(await handInVerdicts(city(), key, [today])).toEqual(['applied']);
		expect(await handIn(city(), key, [])).toMatchObject({ ended: true });
		const [row] = await city().owner.query<{ author_id: string }>(
			'select author_id::text from app.changes where record_id = $1::uuid',
			[today.record_id]
		);
		expect(row?.author_id).toBe(cast.volunteer.person_id);
	});
});
