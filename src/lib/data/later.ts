import type { Api, connect as connectNow } from './api';
import { noAnswer } from './problem';
import type { Session } from './session';

/**
 * The same as in api.ts and session.ts, fetched with the first question: a phone opens its records
 * without any of it. A piece that does not come is a network that is not there.
 */
export function connect(...asked: Parameters<typeof connectNow>): Api {
	let api: Api | undefined;
	return {
		person_id: asked[0].person_id,
		async rpc(name, args) {
			const { connect } = await import('./api').catch(gone);
			api ??= connect(...asked);
			return api.rpc(name, args);
		}
	};
}

/** As in session.ts. */
export async function fetchSession(): Promise<Session> {
	return (await import('./session').catch(gone)).fetchSession();
}

/** As in session.ts. */
export async function endSession(): Promise<void> {
	return (await import('./session').catch(gone)).endSession();
}

function gone(cause: unknown): never {
	throw noAnswer(cause);
}
