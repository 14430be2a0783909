/** What has become of a person or of their session; in all but the first the door is shut. */
export const STATES = [
	'live',
	'disabled',
	'with a session that was revoked',
	'with a session that ran out',
	'with a session of 91 days'
] as const;
export type State = (typeof STATES)[number];

/** The dates of a session in this state, as SQL. */
export function sessionOf(state: State) {
	const now = Date.now();
	const at = (days: number) => new Date(now + days * 86_400_000).toISOString();
	return {
		created_at: at(state === 'with a session of 91 days' ? -91 : -2),
		expires_at: at(state === 'with a session that ran out' ? -1 : 1),
		ended_at: state === 'with a session that was revoked' ? at(-1) : null
	};
}
