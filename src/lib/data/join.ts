import { inTime } from './patience';
import { refusal } from './refusal';

/** Who came in by an invitation, as the server says it. */
export type Joined = {
	person_id: string;
	name: string;
	kind: 'device' | 'password';
	role: string;
	home: string;
	place_name: string;
	city_name: string;
	sign_in_name?: string | null;
};

export type JoinProblem = { code: string; field: string | null; seconds?: number };
export type JoinAnswer = (Joined & { problem?: undefined }) | { problem: JoinProblem };

type Bid = { code: string; attempt: string; sign_in_name?: string; password?: string };

const PATIENCE = 30_000;

/** Who an invitation is for; it stays good. @throws ApiError */
export const lookAtInvitation = (bid: Bid) => ask('/api/join/look', bid);

/** Uses an invitation: this browser is signed in afterwards. @throws ApiError */
export const join = (bid: Bid) => ask('/api/join', bid);

/**
 * Gives the password of the open session once more.
 * @returns what stood in the way; null when it was right
 * @throws ApiError
 */
export async function signInAgain(password: string): Promise<JoinProblem | null> {
	const answer = (await post('/api/sign-in-again', { password })) as {
		code?: string;
		seconds?: number;
	};
	return answer.code ? { code: answer.code, field: 'password', seconds: answer.seconds } : null;
}

/**
 * Sets a new password in the place of the old one.
 * @returns what stood in the way; null when it is set
 * @throws ApiError
 */
export async function changePassword(
	password: string,
	new_password: string
): Promise<JoinProblem | null> {
	const answer = (await post('/api/password', { password, new_password })) as {
		problem: JoinProblem | null;
	};
	return answer.problem;
}

async function ask(path: string, bid: Bid): Promise<JoinAnswer> {
	return (await post(path, bid)) as JoinAnswer;
}

async function post(path: string, body: object): Promise<unknown> {
	const response = await inTime(PATIENCE, (signal) =>
		fetch(path, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify(body),
			signal
		})
	);
	if (!response.ok) throw await refusal(response);
	return response.json();
}
