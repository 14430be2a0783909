import { inTime } from './patience';
import { ApiError } from './problem';
import { refusal } from './refusal';

/** Who is signed in on this browser, and the token to speak to the API with. In memory only. */
export type Session = {
	person_id: string;
	name: string;
	demo: boolean;
	token: string;
	/** When the token ends, by the server's clock (ms). */
	expires_at: number;
	api: { url: string; key: string };
	/** Until when to use the token, by this device's clock (ms): a minute before its end. */
	fresh_until: number;
};

const MARGIN = 60_000;
const PATIENCE = 30_000;

/**
 * Asks the server who is signed in.
 * @throws ApiError `signed_out`; `offline` without an answer, or with one that is not ours (the page
 *   of a hotel's network)
 */
export async function fetchSession(): Promise<Session> {
	const response = await ask('/api/session', { cache: 'no-store' });
	if (!response.ok) throw await refusal(response);
	const answer: unknown = await response.json().catch(noSession);
	if (!isSession(answer)) return noSession();
	return { ...answer, fresh_until: Date.now() + answer.expires_at - serverNow(response) - MARGIN };
}

/** Ends the session on the server. */
export async function endSession(): Promise<void> {
	const response = await ask('/api/sign-out', { method: 'POST' });
	if (!response.ok && response.status !== 401) throw await refusal(response);
}

function ask(path: string, init: RequestInit): Promise<Response> {
	return inTime(PATIENCE, (signal) => fetch(path, { ...init, signal }));
}

/** The phone's clock may be off by a year; the token's life is counted by the server's. */
function serverNow(response: Response): number {
	const date = Date.parse(response.headers.get('date') ?? '');
	return Number.isNaN(date) ? Date.now() : date;
}

function isSession(answer: unknown): answer is Omit<Session, 'fresh_until'> {
	return (
		answer !== null && typeof answer === 'object' && 'person_id' in answer && 'token' in answer
	);
}

function noSession(): never {
	throw new ApiError(0, 'offline', 'the answer is not a session');
}
