import type { Door } from '../door';
import type { Adapter } from './lucia';

type Found = {
	sid: string;
	person_id: string;
	expires_at: string;
	last_used_at: string;
	name: string;
	demo: boolean;
};
type Listed = { session_hash: string; sid: string; expires_at: string };

/** Lucia's storage over the api.server_* functions: the session library never touches a table. */
export function sessionStore(door: Door): Adapter {
	return {
		async getSessionAndUser(hash) {
			const found = await door<Found | null>('server_session_find', { session_hash: hash });
			if (!found) return [null, null];
			return [
				{
					id: hash,
					userId: found.person_id,
					expiresAt: new Date(found.expires_at),
					attributes: { sid: found.sid, last_used_at: found.last_used_at }
				},
				{ id: found.person_id, attributes: { name: found.name, demo: found.demo } }
			];
		},
		async getUserSessions(person_id) {
			const listed = await door<Listed[]>('server_sessions_of', { person_id });
			return listed.map((one) => ({
				id: one.session_hash,
				userId: person_id,
				expiresAt: new Date(one.expires_at),
				attributes: { sid: one.sid, last_used_at: one.expires_at }
			}));
		},
		async setSession({ id, userId, expiresAt, attributes }) {
			const made = await door('server_session_create', {
				session_hash: id,
				sid: attributes.sid,
				person_id: userId,
				expires_at: expiresAt
			});
			if (!made) throw new Error('no such person, or disabled');
		},
		async updateSessionExpiration(hash, expires_at) {
			await door('server_session_extend', { session_hash: hash, expires_at });
		},
		async deleteSession(hash) {
			await door('server_session_end', { session_hash: hash });
		},
		async deleteUserSessions(person_id) {
			await door('server_sessions_end', { person_id });
		},
		async deleteExpiredSessions() {
			await door('server_sessions_purge');
		}
	};
}
