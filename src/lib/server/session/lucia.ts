import { Lucia, TimeSpan, type Adapter } from 'lucia';

/** What is known of a session besides its hash. */
export type SessionInfo = { sid: string; last_used_at: string };
export type PersonInfo = { name: string; demo: boolean };

declare module 'lucia' {
	interface Register {
		Lucia: ReturnType<typeof openLucia>;
		DatabaseSessionAttributes: SessionInfo;
		DatabaseUserAttributes: PersonInfo;
	}
}

/**
 * The session library, behind this one file: it is deprecated upstream, so it is pinned and can be
 * swapped here (docs/decisions/004-sessions-and-tokens.md). It only ever sees hashes of session tokens.
 */
export function openLucia(adapter: Adapter) {
	return new Lucia(adapter, {
		sessionExpiresIn: new TimeSpan(30, 'd'),
		getSessionAttributes: ({ sid, last_used_at }) => ({ sid, last_used_at }),
		getUserAttributes: ({ name, demo }) => ({ name, demo })
	});
}

export type { Adapter } from 'lucia';
