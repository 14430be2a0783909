import { v7 } from 'uuid';
import type { Answered, Sent } from './changes';
import type { TestCity } from './databases';
import { cast, idOf, type CastName } from './small_city';

export const APP_SERVER = { role: 'app_server', claims: { role: 'app_server' } } as const;

/** The public half of a key, as a phone writes it down; which one does not matter to the database. */
export const publicKey = (words: string) =>
	`B${idOf(words).replaceAll('-', '').repeat(3)}`.slice(0, 87);

/** The phone of a member of the cast gets its key while they are signed in; answers its id. */
export async function addKey(city: TestCity, who: CastName, key_id = v7()): Promise<string> {
	await city.call(who, 'add_hand_in_key', {
		key_id,
		device_id: idOf(`phone of ${who}`),
		public_key: publicKey(key_id)
	});
	return key_id;
}

export type HandedIn = { verdicts: Answered[]; ended: boolean };

/** What the web server does once it has verified that the key has signed these changes. */
export function handIn(
	city: TestCity,
	key_id: string,
	changes: unknown[],
	rest: { bundle_id?: string; carrier?: CastName } = {}
): Promise<HandedIn> {
	return city.callAs<HandedIn>(APP_SERVER, 'server_hand_in', {
		key_id,
		bundle_id: rest.bundle_id ?? v7(),
		carrier_id: rest.carrier ? cast[rest.carrier].person_id : null,
		changes
	});
}

/** The verdicts as words, in the order sent. */
export async function handInVerdicts(
	...[city, key_id, changes, rest]: [TestCity, string, Sent[], { carrier?: CastName }?]
): Promise<string[]> {
	const { verdicts } = await handIn(city, key_id, changes, rest);
	return changes.map((sent) => {
		const one = verdicts.find((verdict) => verdict.change_id === sent.change_id);
		return [one?.verdict, one?.code, one?.field].filter(Boolean).join(' ');
	});
}
