import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Door } from '../door';
import { sessionStore } from './adapter';
import { openLucia } from './lucia';

/** Somebody signed in: the person, and the public id of the session that tokens name. */
export type Session = {
	person_id: string;
	name: string;
	demo: boolean;
	sid: string;
	fresh: boolean;
};

export type Sessions = {
	/** Begins a session of an invented person; everybody else comes in by staff/join.ts or sign_in.ts. The answered
	 *  token goes into the cookie and is kept nowhere else. */
	begin(person_id: string): Promise<string>;
	/** Who a cookie's token belongs to; null when the session has ended. `fresh`: set the cookie again. */
	find(token: string): Promise<Session | null>;
	end(token: string): Promise<void>;
	endAll(person_id: string): Promise<void>;
	/** Forgets sessions that ended long ago. */
	purge(): Promise<void>;
};

/** Sessions over the server's own door. Tokens are 256 random bits; only their hashes are stored. */
export function openSessions(door: Door): Sessions {
	const store = sessionStore(door);
	const lucia = openLucia(store);
	return {
		async begin(person_id) {
			const token = randomBytes(32).toString('base64url');
			await lucia.createSession(
				person_id,
				{ sid: randomUUID(), last_used_at: new Date().toISOString() },
				{ sessionId: hash(token) }
			);
			return token;
		},
		async find(token) {
			const { session, user } = await lucia.validateSession(hash(token));
			if (!session) return null;
			if (!session.fresh && Date.now() - Date.parse(session.last_used_at) > DAY_MS)
				await store.updateSessionExpiration(session.id, inThirtyDays());
			return {
				person_id: user.id,
				name: user.name,
				demo: user.demo,
				sid: session.sid,
				fresh: session.fresh
			};
		},
		end: (token) => lucia.invalidateSession(hash(token)),
		endAll: (person_id) => lucia.invalidateUserSessions(person_id),
		async purge() {
			await lucia.deleteExpiredSessions();
			await door('server_tries_purge');
		}
	};
}

/** The library extends a session when half its time is over. People are told on which day a phone was last used. */
const DAY_MS = 24 * 3600 * 1000;
const inThirtyDays = () => new Date(Date.now() + 30 * DAY_MS);

function hash(token: string): string {
	return createHash('sha256').update(token).digest('hex');
}
