import { randomUUID } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { codeIn } from '../../domain/invitation';
import { checkPassword } from '../../domain/password';
import type { App } from '../app';
import { addressOf, deviceLabel, secret, sha256 } from './caller';
import { hashPassword } from './hash';

type Caller = Pick<RequestEvent, 'cookies' | 'request' | 'getClientAddress'>;
type Trouble = { problem: { code: string; field: string | null; seconds?: number } };

/** Who came in by an invitation, and where they start. */
export type Joined = {
	person_id: string;
	name: string;
	kind: 'device' | 'password';
	role: string;
	home: string;
	place_name: string;
	city_name: string;
	/** The name that they sign in by already; null the first time, and of volunteers. */
	sign_in_name?: string | null;
};

/** What a phone or a desk brings to the door. */
export type Bid = {
	code: string;
	/** Made up by the phone, so that it may ask again when the answer got lost on the way. */
	attempt: string;
	sign_in_name?: string;
	password?: string;
};

/** Who an invitation is for, without using it: staff are asked for a password before they come in. */
export function lookAtInvitation(app: App, caller: Caller, bid: Bid): Promise<Joined | Trouble> {
	return guarded(app, caller, bid, (names) => app.door('server_join_look', names));
}

/** Uses an invitation: the cookies of a session on this phone, for the person it was made for. */
export async function join(app: App, caller: Caller, bid: Bid): Promise<Joined | Trouble> {
	const session = secret();
	const joined = await guarded<Joined>(app, caller, bid, async (names) => {
		const looked = await app.door<Joined | Trouble>('server_join_look', names);
		if ('problem' in looked) return looked;
		const staff = looked.kind === 'password';
		const problem =
			staff &&
			checkPassword(bid.password ?? '', [looked.name, bid.sign_in_name ?? '', looked.city_name]);
		if (problem) return { problem: { code: problem, field: 'password' } };
		return app.door('server_join', {
			...names,
			session_hash: sha256(session),
			sid: randomUUID(),
			label: deviceLabel(caller.request),
			sign_in_name: staff ? (bid.sign_in_name ?? '') : null,
			password_hash: staff ? await hashPassword(bid.password ?? '') : null
		});
	});
	if (!('problem' in joined)) {
		const before = app.cookie.read(caller.cookies);
		if (before) await app.sessions.end(before);
		app.cookie.set(caller.cookies, session, joined.person_id);
	}
	return joined;
}

type Names = { code_hash: string; used_by: string };

/** Counts the try before it is judged; only what names an invitation at all is forgiven. */
async function guarded<T>(
	app: App,
	caller: Caller,
	{ code, attempt }: Bid,
	work: (names: Names) => Promise<T | Trouble>
): Promise<T | Trouble> {
	const address = addressOf(caller);
	const plain = codeIn(code);
	if (!plain) return { problem: { code: 'bad_value', field: 'code' } };
	const seconds = await app.door<number>('server_join_begin', { address });
	if (seconds > 0) return { problem: { code: 'wait', field: 'code', seconds } };
	const answer = await work({ code_hash: sha256(plain), used_by: sha256(attempt) });
	const unknown =
		answer !== null &&
		typeof answer === 'object' &&
		'problem' in answer &&
		(answer as Trouble).problem.code === 'unknown_invitation';
	if (!unknown) await app.door('server_join_end', { address });
	return answer;
}
