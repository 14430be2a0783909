import pino from 'pino';
import { connect, type Api } from '../../src/lib/data/api';
import { ApiError } from '../../src/lib/data/problem';
import type { Session } from '../../src/lib/data/session';
import type { Database } from '../../src/lib/server/database/database';
import { openGateway } from '../../src/lib/server/gateway/gateway';
import { mintToken } from '../../src/lib/server/token/mint';
import { testKeys } from '../support/gateways';
import { setClock } from './clock';

const URL_OF_API = 'http://tung-nha.test';

/** The client's own `connect`, with the gateway where the network would be. */
export async function connectThrough(
	database: Database
): Promise<(person_id: string, session: () => string) => Api> {
	const keys = await testKeys();
	const gateway = await openGateway(database, keys, pino({ level: 'silent' }));
	// supabase-js looks for one in Node, and never opens it.
	globalThis.WebSocket ??= class {} as unknown as typeof WebSocket;
	globalThis.fetch = async (input, init) => {
		const request = new Request(input, init);
		const name = new URL(request.url).pathname.split('/').at(-1) ?? '';
		// The server has a clock of its own, and it is right.
		setClock(0);
		return gateway.answer(name, request);
	};

	async function sessionOf(person_id: string): Promise<Session> {
		if (!person_id) throw new ApiError(401, 'signed_out');
		setClock(0);
		const { token } = await mintToken(keys, {
			role: 'authenticated',
			sub: person_id,
			sid: person_id
		});
		return {
			person_id,
			name: '',
			demo: true,
			token,
			expires_at: 0,
			api: { url: URL_OF_API, key: 'key' },
			// Renewed when the gateway says that it has ended, whatever the phone's clock says.
			fresh_until: Infinity
		};
	}
	return (person_id, session) => connect({ person_id }, () => sessionOf(session()));
}
