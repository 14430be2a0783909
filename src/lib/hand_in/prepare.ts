import type { Api } from '../data/api';
import { fromText, toText } from '../domain/bundle/bytes';
import { ECDSA, pointOf } from '../domain/bundle/cipher';
import { newId } from '../domain/id';
import { inTime } from '../data/patience';
import type { ServerKey } from './seal';
import { kitOf, store } from './store';

const PATIENCE = 30_000;
const SELDOM = 24 * 60 * 60 * 1000;

/**
 * Gets ready for the day on which no session is there any more: makes a key of this phone, tells the
 * server of it while somebody is signed in, and learns the server's. Once a day at most.
 */
export async function prepare(api: Api, device_id: string): Promise<void> {
	const { person_id } = api;
	const before = await kitOf(person_id);
	if (before && Math.abs(Date.now() - before.told_at) < SELDOM) return;

	const server = await serverKey();
	if (!server) return;
	const pair = before ?? (await newPair());
	// The same key again says that this phone is still in use.
	const { key_id, public_key, private_key } = pair;
	await api.rpc('add_hand_in_key', { key_id, device_id, public_key });
	await (
		await store()
	).put('kits', { person_id, key_id, public_key, private_key, server, told_at: Date.now() });
}

async function newPair() {
	const { privateKey, publicKey } = await crypto.subtle.generateKey(ECDSA, false, [
		'sign',
		'verify'
	]);
	return {
		key_id: newId(),
		private_key: privateKey,
		public_key: toText(await pointOf(publicKey))
	};
}

/** What this server's bundles are sealed to; null from one that has none. */
async function serverKey(): Promise<ServerKey | null> {
	const response = await inTime(PATIENCE, (signal) => fetch('/api/hand-in', { signal }));
	if (!response.ok) return null;
	const { kid, point } = (await response.json()) as { kid: string; point: string };
	const bytes = fromText(point);
	return bytes && { kid, point: bytes };
}
