import { randomUUID } from 'node:crypto';
import type { RequestEvent } from '@sveltejs/kit';
import { PASSWORD_MAX } from '../../domain/password';
import type { App } from '../app';
import { addressOf, deviceLabel, secret, sha256 } from './caller';
import { TooBusy, verifyPassword } from './hash';

type Caller = Pick<RequestEvent, 'cookies' | 'request' | 'getClientAddress'>;
type Begun = { wait: number; person_id?: string | null; password_hash?: string | null };

/** How a try ended. `wait`: in so many seconds another one is heard. */
export type SignInAnswer =
	{ home: string } | { code: 'wrong_password' | 'busy' } | { code: 'wait'; seconds: number };

/**
 * Signs staff in by name and password and sets the cookies. Whether the name or the password was wrong
 * cannot be told from the answer, nor from how long it takes.
 */
export async function signIn(
	app: App,
	caller: Caller,
	name: string,
	password: string
): Promise<SignInAnswer> {
	const who = whoAsks(app, caller, name);
	const begun = await app.door<Begun>('server_sign_in_begin', {
		sign_in_name: who.name,
		address: who.address,
		device_hash: who.known_hash
	});
	if (begun.wait > 0) return { code: 'wait', seconds: begun.wait };
	const right = await compare(begun.password_hash ?? null, password);
	if (right !== true) return { code: right };

	const session = secret();
	const device = who.known ?? secret();
	const ended = await app.door<{ person_id: string; home: string | null } | null>(
		'server_sign_in_end',
		{
			sign_in_name: who.name,
			address: who.address,
			known_hash: who.known_hash,
			person_id: begun.person_id,
			password_hash: begun.password_hash,
			session_hash: sha256(session),
			sid: randomUUID(),
			label: deviceLabel(caller.request),
			device_hash: sha256(device)
		}
	);
	if (!ended) return { code: 'wrong_password' };
	const before = app.cookie.read(caller.cookies);
	if (before) await app.sessions.end(before);
	app.cookie.set(caller.cookies, session, ended.person_id);
	app.device.set(caller.cookies, device);
	return { home: `/${ended.home ?? 'mine'}` };
}

/** Hears the password once more in an open session, before an act that reaches far. */
export async function signInAgain(
	app: App,
	caller: Caller,
	password: string
): Promise<SignInAnswer> {
	const cookie = app.cookie.read(caller.cookies);
	const name =
		cookie &&
		(await app.door<string | null>('server_sign_in_name', { session_hash: sha256(cookie) }));
	if (!cookie || !name) return { code: 'wrong_password' };
	const who = whoAsks(app, caller, name);
	const begun = await app.door<Begun>('server_sign_in_begin', {
		sign_in_name: who.name,
		address: who.address,
		device_hash: who.known_hash
	});
	if (begun.wait > 0) return { code: 'wait', seconds: begun.wait };
	const right = await compare(begun.password_hash ?? null, password);
	if (right !== true) return { code: right };
	const again = await app.door<string | null>('server_sign_in_again', {
		session_hash: sha256(cookie),
		address: who.address,
		known_hash: who.known_hash,
		password_hash: begun.password_hash
	});
	return again ? { home: '' } : { code: 'wrong_password' };
}

function whoAsks(app: App, caller: Caller, name: string) {
	const known = app.device.read(caller.cookies);
	return {
		name: name.slice(0, 200),
		address: addressOf(caller),
		known,
		known_hash: known && sha256(known)
	};
}

async function compare(
	stored: string | null,
	password: string
): Promise<true | 'wrong_password' | 'busy'> {
	try {
		// What is longer can be nobody's; it is compared all the same, cut short.
		return (await verifyPassword(stored, password.slice(0, 2 * PASSWORD_MAX))) || 'wrong_password';
	} catch (error) {
		if (error instanceof TooBusy) return 'busy';
		throw error;
	}
}
