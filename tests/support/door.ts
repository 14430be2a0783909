import { createHash } from 'node:crypto';
import type { Identity } from '../../src/lib/server/database/database';
import type { Card } from '../../src/lib/domain/team';
import type { TestCity } from './databases';
import { cast, idOf, type CastName } from './small_city';

/** What the web server calls as. */
export const SERVER: Identity = { role: 'app_server', claims: { role: 'app_server' } };
export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export type Joined = { name?: string; kind?: string; problem?: { code: string; field: string } };
export type Phone = { attempt: string; session: string; sid: string };

/** The acts of an invitation on a city: made, carried to a phone, used there. */
export function door(city: () => TestCity) {
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
				{ membership_ids: await memberships(who), replaces }
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
