import type { Counts, HandedIn } from '../domain/bundle/bundle';
import type { Bytes } from '../domain/bundle/bytes';
import { HAND_IN_PROBLEMS, type HandInProblem } from '../domain/problems';
import { inTime } from '../data/patience';
import { refusal } from '../data/refusal';

const PATIENCE = 60_000;

/** A bundle that will never be taken: somebody has to be told, and trying again changes nothing. */
export class NotTaken extends Error {
	override name = 'NotTaken';
	constructor(readonly code: HandInProblem) {
		super(code);
	}
}

/**
 * Brings a sealed bundle to the server. What it answers was written into the bundle when it was made.
 * @throws NotTaken; ApiError `offline`, `busy`, `too_large`, `server_error`, for which it may be brought again
 */
export async function deliver<A extends Counts | HandedIn>(bundle: Bytes): Promise<A> {
	const headers = { 'content-type': 'application/octet-stream' };
	const response = await inTime(PATIENCE, (signal) =>
		fetch('/api/hand-in', { method: 'POST', body: bundle, headers, signal })
	);
	if (response.ok) return (await response.json()) as A;
	const said: unknown = await response
		.clone()
		.json()
		.catch(() => null);
	const code = HAND_IN_PROBLEMS.find((one) => (said as { code?: string } | null)?.code === one);
	throw code ? new NotTaken(code) : await refusal(response);
}
