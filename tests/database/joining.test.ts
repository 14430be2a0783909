import { expect, test } from 'vitest';
import { codeIn, spokenCode } from '../../src/lib/domain/invitation';
import type { Card } from '../../src/lib/domain/team';
import { onEachDatabase } from '../support/databases';
import { door, sha256 } from '../support/door';
import { cast, idOf, type CastName } from '../support/small_city';

const TO3 = idOf('team Tổ 3');

onEachDatabase((city) => {
	const { invite, join, me, newPhone, memberships } = door(city);

	test('a code lets one phone in, once, as the person that it was made for', async () => {
		const { code } = await invite('leader', 'volunteer');
		expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
		expect(codeIn(spokenCode(code).toLowerCase().replaceAll('0', 'o'))).toBe(code);
		const phone = newPhone();
		expect(await join(code, phone)).toMatchObject({ name: cast.volunteer.name, kind: 'device' });
		expect(await me('volunteer', phone)).toMatchObject({ name: cast.volunteer.name });
		expect(await join(code, newPhone())).toMatchObject({ problem: { code: 'used_invitation' } });
	});

	test('the same phone may ask again when its answer got lost; ten minutes later nobody may', async () => {
		const { code } = await invite('leader', 'volunteer');
		const first = newPhone();
		const again = { ...newPhone(), attempt: first.attempt };
		await join(code, first);
		expect(await join(code, again)).toMatchObject({ name: cast.volunteer.name });
		await expect(me('volunteer', first)).rejects.toMatchObject({ code: 'PT401' });
		await me('volunteer', again);
		await city().owner.exec(`update app.invitations set used_at = now() - interval '11 minutes'`);
		expect(await join(code, { ...newPhone(), attempt: first.attempt })).toMatchObject({
			problem: { code: 'used_invitation' }
		});
	});

	test('an expired, a replaced, a withdrawn and a foreign code are each told apart', async () => {
		const problem = async (code: string) => (await join(code, newPhone())).problem?.code;
		const old = await invite('leader', 'teammate');
		const { code } = await invite('leader', 'teammate');
		expect(await problem(old.code)).toBe('withdrawn_invitation');
		await city().owner.exec(
			`update app.invitations set expires_at = now() - interval '1 second' where used_at is null`
		);
		expect(await problem(code)).toBe('expired_invitation');
		const last = await invite('leader', 'teammate');
		const [membership_id] = await memberships('teammate');
		await city().call('leader', 'withdraw_invitations', { membership_id });
		expect(await problem(last.code)).toBe('withdrawn_invitation');
		expect(await problem('0123456789ABCDEFGHJKMNPQRS')).toBe('unknown_invitation');
		expect(await problem('')).toBe('unknown_invitation');
	});

	test('an invitation of staff is withdrawn by who may invite them, and by nobody below', async () => {
		const { code } = await invite('city', 'officer');
		const [membership_id] = await memberships('officer');
		for (const who of ['leader', 'coordinator'] as const)
			expect(await city().call(who, 'withdraw_invitations', { membership_id })).toMatchObject({
				problem: { code: 'not_yours_to_invite' }
			});
		await city().call('city', 'withdraw_invitations', { membership_id });
		expect(await join(code, newPhone())).toMatchObject({
			problem: { code: 'withdrawn_invitation' }
		});
	});

	test('the code stands nowhere in the database', async () => {
		const { code } = await invite('leader', 'teammate');
		const [all] = await city().owner.query<{ text: string }>(
			`select (select string_agg(i::text, ' ') from app.invitations i) || (select string_agg(a::text, ' ') from audit.acts a) as text`
		);
		expect(all?.text).not.toContain(code);
		expect(all?.text).toContain(sha256(code));
	});

	test('nobody invites outside their place, above their role, or into rights that they do not give', async () => {
		const refused = async (by: CastName, who: CastName) => (await invite(by, who)).problem?.code;
		for (const [by, who] of [
			['leader', 'stranger'],
			['leader', 'leader'],
			['leader', 'officer'],
			['volunteer', 'teammate'],
			['officer', 'stranger'],
			['officer', 'officer'],
			['officer', 'administrator'],
			['coordinator', 'volunteer'],
			['city', 'administrator'],
			['city', 'city'],
			['nobody', 'volunteer']
		] as const)
			expect([by, who, await refused(by, who)]).toEqual([by, who, 'not_yours_to_invite']);
		expect(await refused('officer', 'leader')).toBeUndefined();
		expect(await refused('city', 'officer')).toBeUndefined();
		expect(await refused('administrator', 'city')).toBeUndefined();
		// A member of two teams is invited by who looks after both: else it were a way into the other.
		await city().call('administrator', 'add_membership', {
			person_id: cast.stranger.person_id,
			role: 'member',
			place_id: TO3
		});
		expect(await refused('leader', 'stranger')).toBe('not_yours_to_invite');
		expect(await refused('city', 'stranger')).toBeUndefined();
	});

	test('an invitation dies with the membership', async () => {
		const { person_id, membership_id } = await city().call<Record<string, string>>(
			'leader',
			'add_member',
			{ place_id: TO3, role: 'member', name: 'Hồ Thị Sen', phone: '' }
		);
		const { cards } = await city().call<{ cards: Card[] }>('leader', 'invite', {
			membership_ids: [membership_id],
			replaces: false
		});
		expect(cards[0]).toMatchObject({ person_id, name: 'Hồ Thị Sen', groups: 'Tổ 3' });
		await city().call('leader', 'end_membership', { membership_id });
		expect(await join(cards[0]?.code ?? '', newPhone())).toMatchObject({
			problem: { code: 'withdrawn_invitation' }
		});
	});

	test('staff come in with a name and a password of their own; a name that is taken is told', async () => {
		const hash = '$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA';
		const phone = newPhone();
		const { code } = await invite('city', 'officer');
		expect(await join(code, phone, { name: 'Phạm Khế!', hash })).toMatchObject({
			problem: { code: 'bad_value', field: 'sign_in_name' }
		});
		expect(await join(code, phone, { name: ' Pham.Khế ', hash })).toMatchObject({
			kind: 'password'
		});
		expect(await me('officer', phone)).toMatchObject({
			verbs: expect.arrayContaining(['read_people'])
		});
		const other = await invite('administrator', 'coordinator');
		expect(await join(other.code, newPhone(), { name: 'pham.khe', hash })).toMatchObject({
			problem: { code: 'name_taken', field: 'sign_in_name' }
		});
		expect(await join(other.code, newPhone(), { name: 'dang.man', hash })).toMatchObject({
			kind: 'password'
		});
	});

	test('the first administrator comes by a code that only the owner of the database makes', async () => {
		const first = async (again: boolean) =>
			(
				await city().owner.query<{ code: string | null }>(
					`select app.first_administrator((select city_id from app.cities), ${again}) as code`
				)
			)[0]?.code ?? '';
		const code = await first(false);
		expect(await join(code, newPhone(), { name: 'banh.vai', hash: '$argon2id$x' })).toMatchObject({
			name: cast.administrator.name,
			kind: 'password'
		});
		expect(await first(false)).toBe('');
		expect(await first(true)).toMatch(/^[0-9A-Z]{26}$/);
		for (const who of ['administrator', 'nobody'] as const)
			await expect(
				city().database.run(
					{ role: 'authenticated', claims: { sub: cast[who].person_id } },
					{ text: `select app.first_administrator('thu-nghiem', true) as body`, params: [] }
				)
			).rejects.toMatchObject({ code: '42501' });
	});
});
