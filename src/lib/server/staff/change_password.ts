import type { RequestEvent } from '@sveltejs/kit';
import { checkPassword } from '../../domain/password';
import type { App } from '../app';
import { sha256 } from './caller';
import { hashPassword, TooBusy } from './hash';
import { signInAgain } from './sign_in';

type Caller = Pick<RequestEvent, 'cookies' | 'request' | 'getClientAddress'>;

/** What stood in the way of a new password; null when it is set. */
export type PasswordTrouble = {
	code: string;
	field: 'password' | 'new_password';
	seconds?: number;
};

/**
 * Sets the password of the open session's person anew, after the old one was heard. Their sessions in
 * other browsers end.
 */
export async function changePassword(
	app: App,
	caller: Caller,
	given: { password: string; new_password: string }
): Promise<PasswordTrouble | null> {
	const cookie = app.cookie.read(caller.cookies);
	const session = cookie && (await app.sessions.find(cookie));
	if (!cookie || !session) return { code: 'signed_out', field: 'password' };
	const session_hash = sha256(cookie);
	const name = await app.door<string | null>('server_sign_in_name', { session_hash });
	const code = checkPassword(given.new_password, [session.name, name ?? '']);
	if (code) return { code, field: 'new_password' };
	const again = await signInAgain(app, caller, given.password);
	if ('code' in again) return { ...again, field: 'password' };
	try {
		const password_hash = await hashPassword(given.new_password);
		const changed = await app.door('server_change_password', { session_hash, password_hash });
		return changed ? null : { code: 'wrong_password', field: 'password' };
	} catch (error) {
		if (error instanceof TooBusy) return { code: 'busy', field: 'new_password' };
		throw error;
	}
}
