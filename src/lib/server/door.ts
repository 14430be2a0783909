import type { Config } from './config';
import type { Gateway } from './gateway/gateway';
import type { TokenKeys } from './token/keys';
import { mintToken } from './token/mint';

/** The web server's own calls: api.server_* functions and what is open to all, in the role app_server. */
export type Door = <T>(name: string, args?: Record<string, unknown>) => Promise<T>;

/** The data did not answer the server's own call; the status is what it said instead. */
export class DoorError extends Error {
	override name = 'DoorError';
	constructor(
		name: string,
		readonly status: number
	) {
		super(`${name} answered ${status}`);
	}
}

/**
 * Opens the server's own door. It is the same one that phones use, with a token of role app_server,
 * be it our gateway or a Supabase project: no service key exists anywhere.
 */
export function openDoor(config: Config, keys: TokenKeys, gateway: Gateway | null): Door {
	let kept = { token: '', expires_at: 0 };
	const token = async () => {
		if (kept.expires_at < Date.now() + 60_000) kept = await mintToken(keys, { role: 'app_server' });
		return kept.token;
	};
	const knock = (name: string, request: Request) =>
		gateway ? gateway.answer(name, request) : fetch(request);

	return async (name, args = {}) => {
		const base = config.profile === 'supabase' ? config.supabaseUrl : 'http://gateway';
		const response = await knock(
			name,
			new Request(`${base}/rest/v1/rpc/${name}`, {
				method: 'POST',
				headers: {
					authorization: `Bearer ${await token()}`,
					'content-type': 'application/json',
					'content-profile': 'api',
					...(config.profile === 'supabase' ? { apikey: config.publishableKey } : {})
				},
				body: JSON.stringify(args)
			})
		);
		if (!response.ok) throw new DoorError(name, response.status);
		return response.json();
	};
}
