import type { Answer, Args, FunctionName } from './functions';
import { inTime } from './patience';
import { ApiError, noAnswer } from './problem';
import { refusal } from './refusal';
import { fetchSession, type Session } from './session';

/** The way to the database, in the name of one person. */
export type Api = {
	person_id: string;
	/**
	 * Calls a function of the API.
	 * @throws ApiError `offline`, `signed_out`, `other_person`, `not_allowed`, `update_needed`, …
	 */
	rpc<N extends FunctionName>(name: N, args: Args<N>): Promise<Answer<N>>;
};

type Client = Awaited<ReturnType<typeof open>>;

/** A batch of records on a weak line takes its time. */
const PATIENCE = 60_000;

/**
 * The API for one person. Nothing is loaded or asked before the first call, so that it can be made
 * without a network; without a session at hand, the first call asks for one.
 * @param ask how to get a session, when there is none or it has ended
 */
export function connect(
	who: Session | Pick<Session, 'person_id'>,
	ask: () => Promise<Session> = fetchSession
): Api {
	const { person_id } = who;
	let session: Session | null = 'token' in who ? who : null;
	let renewal: Promise<Session> | null = null;
	let client: Client | null = null;

	return { person_id, rpc };

	async function rpc<N extends FunctionName>(name: N, args: Args<N>): Promise<Answer<N>> {
		if (!session || Date.now() >= session.fresh_until) session = await renew();
		client ??= await open(session.api, () => session?.token ?? null);
		try {
			return await call(client, name, args);
		} catch (error) {
			// The token may have ended early; a session that has ended is told apart by renewing.
			if (!isDenied(error)) throw error;
			session = await renew();
			return await call(client, name, args);
		}
	}

	/** One renewal at a time, however many calls find the token too old. */
	function renew(): Promise<Session> {
		renewal ??= ask()
			.then((answer) => sameAs(person_id, answer))
			.finally(() => (renewal = null));
		return renewal;
	}
}

function sameAs(person_id: string, session: Session): Session {
	// Someone else signed in on this phone: nothing may be sent under their name.
	if (session.person_id !== person_id) throw new ApiError(401, 'other_person');
	return session;
}

/** Loads the client here and not at the top: the first paint does not wait for it. */
async function open(api: Session['api'], token: () => string | null) {
	const { createClient } = await import('@supabase/supabase-js').catch((error: unknown) => {
		throw noAnswer(error);
	});
	return createClient(api.url, api.key, {
		db: { schema: 'api' },
		accessToken: () => Promise.resolve(token()),
		global: { fetch: fetchOrThrow }
	});
}

async function call<N extends FunctionName>(
	client: Client,
	name: N,
	args: Args<N>
): Promise<Answer<N>> {
	const { data } = await inTime(PATIENCE, (signal) =>
		client.rpc(name, args).abortSignal(signal).throwOnError()
	);
	// What each function answers is written down in functions.ts; nothing else can come from it.
	return data as Answer<N>;
}

/** Turns refusals into errors while their headers can still be read: the client drops Retry-After. */
async function fetchOrThrow(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
	const response = await fetch(input, init);
	if (!response.ok) throw await refusal(response);
	return response;
}

function isDenied(error: unknown): boolean {
	return error instanceof ApiError && (error.status === 401 || error.status === 403);
}
