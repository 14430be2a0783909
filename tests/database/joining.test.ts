import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Identity } from '../../src/lib/server/database/database';
import { codeIn, spokenCode } from '../../src/lib/domain/invitation';
import type { Card } from '../../src/lib/domain/team';
import { onEachDatabase, openPostgresCity, type TestCity } from '../support/databases';
import { cast, idOf, type CastName } from '../support/small_city';

const SERVER: Identity = { role: 'app_server', claims: { role: 'app_server' } };
const TO3 = idOf('team Tổ 3');
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

type Joined = { name?: string; kind?: string; problem?: { code: string; field: string } };
type Phone = { attempt: string; session: string; sid: string };

/** The acts of an invitation on a city. */
function door(city: () => TestCity) {
	let phones = 0;
	const memberships = async (who: CastName) =>
		(
			await city().owner.query<{ id: string }>(
				`select membership_id as id from app.memberships where person_id = $1 and to_day > app.today()`,
				[cast[who].person_id]
			)
		).map(({ id }) => id);
	return {
		memberships,
		newPhone: (): Phone => {
			const n = `${++phones} ${Math.random()}`;
			return { attempt: sha256(`attempt ${n}`), session: sha256(`session ${n}`), sid: idOf(n) };
		},
		async invite(by: CastName, who: CastName, replaces = false) {
			const answer = await city().call<{ cards?: Card[]; problem?: { code: string } }>(
				by,
				'invite',
				{
					membership_ids: await memberships(who),
					replaces
				}
			);
			return { ...answer, code: answer.cards?.[0]?.code ?? '' };
		},
		join: (code: string, phone: Phone, staff: { name?: string; hash?: string } = {}) =>
			city().callAs<Joined>(SERVER, 'server_join', {
				code_hash: sha256(code),
				used_by: phone.attempt,
				session_hash: phone.session,
				sid: phone.sid,
				label: 'Chrome · Android',
				sign_in_name: staff.name ?? null,
				password_hash: staff.hash ?? null
			}),
		me: (who: CastName, phone: Phone) =>
			city().callAs<{ name: string; verbs: string[] }>(
				{ role: 'authenticated', claims: { sub: cast[who].person_id, sid: phone.sid } },
				'me'
			)
	};
}

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

	test('a new phone ends the old one, and no one else’s', async () => {
		const [old, teammate] = [newPhone(), newPhone()];
		await join((await invite('leader', 'volunteer')).code, old);
		await join((await invite('leader', 'teammate')).code, teammate);
		const { code } = await invite('leader', 'volunteer', true);
		await me('volunteer', old);
		const phone = newPhone();
		await join(code, phone);
		await expect(me('volunteer', old)).rejects.toMatchObject({ code: 'PT401' });
		await me('volunteer', phone);
		await me('teammate', teammate);
		const rows = await city().owner.query(`select from app.sessions where sid = '${old.sid}'`);
		expect(rows, 'the row stays, so that late work finds its name').toHaveLength(1);
	});

	test('a member is replaced in one act: the new one has a code, the old phone ends', async () => {
		const added = await city().call<Record<string, string>>('leader', 'add_member', {
			place_id: TO3,
			role: 'deputy',
			name: 'Lý Thị Mơ',
			phone: ''
		});
		const { cards } = await city().call<{ cards: Card[] }>('leader', 'invite', {
			membership_ids: [added.membership_id],
			replaces: false
		});
		const old = newPhone();
		await join(cards[0]?.code ?? '', old);
		const replaced = await city().call<{ cards: Card[] }>('leader', 'replace_member', {
			membership_id: added.membership_id,
			name: 'Lý Văn Me',
			phone: '0912345678'
		});
		expect(replaced.cards).toMatchObject([{ name: 'Lý Văn Me', role: 'deputy' }]);
		await expect(
			city().callAs({ role: 'authenticated', claims: { sub: added.person_id, sid: old.sid } }, 'me')
		).rejects.toMatchObject({ code: 'PT401' });
		expect(await join(replaced.cards[0]?.code ?? '', newPhone())).toMatchObject({
			name: 'Lý Văn Me'
		});
	});

	test('people see and end their own devices; others only of those whom they look after', async () => {
		const phone = newPhone();
		await join((await invite('leader', 'teammate', true)).code, phone);
		const devices = (by: CastName, who: CastName) =>
			city().call<{ devices?: { sid: string; label: string; this_one: boolean }[] }>(
				by,
				'signed_in',
				{
					person_id: cast[who].person_id
				}
			);
		expect((await devices('leader', 'teammate')).devices).toMatchObject([
			{ sid: phone.sid, label: 'Chrome · Android', this_one: false }
		]);
		for (const [by, who] of [
			['nobody', 'teammate'],
			['leader', 'officer'],
			['stranger', 'leader']
		] as const) {
			expect(await devices(by, who)).toMatchObject({ problem: { code: 'not_yours_to_give' } });
			expect(
				await city().call(by, 'revoke', { person_id: cast[who].person_id, sid: null })
			).toMatchObject({ problem: { code: 'not_yours_to_give' } });
		}
		expect(
			await city().call('leader', 'revoke', { person_id: cast.teammate.person_id, sid: phone.sid })
		).toEqual({ ended: 1 });
		await expect(me('teammate', phone)).rejects.toMatchObject({ code: 'PT401' });
		expect((await devices('officer', 'officer')).devices).toMatchObject([{ this_one: true }]);
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

	test('a phone’s session ends after 30 days unused or 90 in all, a desk’s after 12 hours', async () => {
		const phone = newPhone();
		await join((await invite('leader', 'volunteer', true)).code, phone);
		const left = async (sid: string) => {
			const [row] = await city().owner.query<{ hours: number }>(
				`select round(extract(epoch from expires_at - now()) / 3600)::int as hours from app.sessions where sid = '${sid}'`
			);
			return row?.hours;
		};
		expect(await left(phone.sid)).toBe(30 * 24);
		const far = new Date(Date.now() + 99 * 86_400_000);
		const [desk] = await city().owner.query<{ hash: string; sid: string }>(
			`select session_hash as hash, sid from app.sessions where kind = 'password' and ended_at is null limit 1`
		);
		await city().callAs(SERVER, 'server_session_extend', {
			session_hash: desk?.hash,
			expires_at: far.toISOString()
		});
		expect(await left(desk?.sid ?? '')).toBe(12);
		await city().owner.exec(
			`update app.sessions set created_at = now() - interval '91 days' where sid = '${phone.sid}'`
		);
		await expect(me('volunteer', phone)).rejects.toMatchObject({ code: 'PT401' });
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

describe('on PostgreSQL, with many at once', () => {
	let city: TestCity;
	beforeAll(async () => {
		city = await openPostgresCity();
	});
	afterAll(() => city.close());
	const { invite, join, newPhone } = door(() => city);

	test('of twenty phones with one code exactly one comes in', async () => {
		for (let round = 0; round < 5; round++) {
			const { code } = await invite('leader', 'volunteer');
			const answers = await Promise.all(Array.from({ length: 20 }, () => join(code, newPhone())));
			expect(answers.filter((one) => one.name)).toHaveLength(1);
			expect(answers.filter((one) => one.problem?.code === 'used_invitation')).toHaveLength(19);
		}
		const [{ n } = { n: 0 }] = await city.owner.query<{ n: number }>(
			`select count(*)::int as n from app.sessions where invitation_id is not null`
		);
		expect(n).toBe(5);
	});

	test('of two officers who add the same person at once, one is told that it was done', async () => {
		const add = () =>
			city.call<Joined>('administrator', 'add_membership', {
				person_id: cast.nobody.person_id,
				role: 'member',
				place_id: TO3
			});
		const answers = await Promise.all([add(), add(), add(), add()]);
		expect(answers.filter((one) => one.problem?.code === 'already_member')).toHaveLength(3);
	});

	test('many tries at once gain nothing: five are heard, then each waits longer', async () => {
		const attempt = (address: string) =>
			city.callAs<{ wait: number }>(SERVER, 'server_sign_in_begin', {
				sign_in_name: 'ai.do',
				address,
				device_hash: null
			});
		const answers = await Promise.all(
			Array.from({ length: 60 }, (_, n) => attempt(sha256(`address ${n}`)))
		);
		expect(answers.filter(({ wait }) => wait === 0)).toHaveLength(5);
		for (const { wait } of answers) expect(wait).toBeLessThanOrEqual(4);
	});

	test('of 10,000 guesses at one name five are heard, and its owner still gets in from a known device', async () => {
		const hash = '$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA';
		const { code } = await invite('city', 'officer');
		await join(code, newPhone(), { name: 'pham.khe', hash });
		const begin = (device_hash: string | null) =>
			city.callAs<{ wait: number; person_id?: string }>(SERVER, 'server_sign_in_begin', {
				sign_in_name: 'Phạm.Khế',
				address: sha256('an office'),
				device_hash
			});
		const begun = await begin(null);
		expect(begun).toMatchObject({ wait: 0, person_id: cast.officer.person_id });
		const signedIn = (known_hash: string | null) =>
			city.callAs(SERVER, 'server_sign_in_end', {
				sign_in_name: 'pham.khe',
				address: sha256('an office'),
				known_hash,
				person_id: cast.officer.person_id,
				password_hash: hash,
				session_hash: newPhone().session,
				sid: crypto.randomUUID(),
				label: 'Firefox · Windows',
				device_hash: sha256('the owner’s computer')
			});
		expect(await signedIn(null)).toMatchObject({ home: 'coverage' });
		const [guesses] = await city.owner.query<{ heard: number }>(
			`select (count(*) filter (where (app.sign_in_begin('pham.khe', md5(n::text), null) ->> 'wait')::int = 0))::int as heard
			from generate_series(1, 10000) n`
		);
		expect(guesses?.heard).toBe(5);
		// The first wait may be over by now; then the next try is heard, and the one after it waits longer.
		const waits = async (device: string | null) =>
			Math.max((await begin(device)).wait, (await begin(device)).wait);
		expect(await waits(null)).toBeGreaterThan(0);
		const owner = await begin(sha256('the owner’s computer'));
		expect(owner).toMatchObject({ wait: 0, person_id: cast.officer.person_id });
		expect(await signedIn(sha256('the owner’s computer'))).toMatchObject({ home: 'coverage' });
		expect(await waits(sha256('a guesser’s computer'))).toBeGreaterThan(0);
		// A name that nobody has is slowed down just the same, and nothing tells them apart.
		const nobody = await city.callAs<object>(SERVER, 'server_sign_in_begin', {
			sign_in_name: 'khong.co.ai',
			address: sha256('an office'),
			device_hash: null
		});
		expect(nobody).toEqual({ wait: 0, person_id: null, password_hash: null });
	});
});
