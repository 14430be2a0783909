import { v7 } from 'uuid';
import type { Bundle } from '../../src/lib/domain/bundle/bundle';
import { fromText, toText } from '../../src/lib/domain/bundle/bytes';
import { ECDSA, pointOf } from '../../src/lib/domain/bundle/cipher';
import type { PhoneKey, ServerKey } from '../../src/lib/hand_in/seal';
import { makeHandInKey, openHandInKeys, type HandInKeys } from '../../src/lib/server/hand_in/keys';

/** The server's keys, and what phones know of them. */
export async function serverKeys(
	jwk: object = makeHandInKey()
): Promise<{ keys: HandInKeys; to: ServerKey }> {
	const keys = await openHandInKeys(JSON.stringify(jwk), new Uint8Array());
	return { keys, to: serverKey(keys) };
}

export function serverKey({ current }: HandInKeys): ServerKey {
	return { kid: current.kid, point: fromText(current.point) ?? new Uint8Array() };
}

/** A key as a phone makes it: nobody can take the private half out of it. */
export async function phoneKey(key_id = v7()): Promise<PhoneKey & { public_key: string }> {
	const pair = await crypto.subtle.generateKey(ECDSA, false, ['sign', 'verify']);
	return {
		key_id,
		private_key: pair.privateKey,
		public_key: toText(await pointOf(pair.publicKey))
	};
}

export function bundleOf(
	author_id: string,
	changes: unknown[],
	rest: Partial<Bundle> = {}
): Bundle {
	return {
		v: 1,
		bundle_id: v7(),
		author_id,
		made_at: new Date().toISOString(),
		answer: 'counts',
		// Also what no phone would send: whoever judges it must be able to take anything.
		changes: changes as Bundle['changes'],
		...rest
	};
}
