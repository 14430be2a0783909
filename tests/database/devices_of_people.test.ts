import { expect, test } from 'vitest';
import type { Card } from '../../src/lib/domain/team';
import { onEachDatabase } from '../support/databases';
import { door, SERVER } from '../support/door';
import { cast, idOf, type CastName } from '../support/small_city';

const TO3 = idOf('team Tổ 3');

onEachDatabase((city) => {
	const { invite, join, me, newPhone } = door(city);

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
});
