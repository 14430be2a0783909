import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { openPool } from '../../src/lib/server/database/pool';
import { openGateway } from '../../src/lib/server/gateway/gateway';
import type { TokenKeys } from '../../src/lib/server/token/keys';

/** What a Supabase project lets a browser of another origin send. */
const CORS = {
	'access-control-allow-origin': '*',
	'access-control-allow-headers':
		'authorization, apikey, content-type, content-profile, accept-profile, x-client-info, prefer',
	'access-control-allow-methods': 'POST, OPTIONS'
};

/**
 * Stands where a Supabase project would: another origin, a publishable key on every call, rpc over
 * the same migrations on a real PostgreSQL. It knows our tokens by the key given.
 */
export async function startSupabase(databaseUrl: string, keys: TokenKeys, apikey: string) {
	const database = await openPool(databaseUrl);
	const gateway = await openGateway(database, keys, pino({ level: 'silent' }));
	const called: string[] = [];
	const server = createServer(async (incoming, outgoing) => {
		const path = incoming.url ?? '/';
		const name = /^\/rest\/v1\/rpc\/(\w+)$/.exec(path)?.[1];
		if (incoming.method === 'OPTIONS') return outgoing.writeHead(204, CORS).end();
		if (!name || incoming.headers.apikey !== apikey) return outgoing.writeHead(401, CORS).end('{}');
		called.push(name);
		const response = await gateway.answer(
			name,
			new Request(`http://supabase${path}`, {
				method: 'POST',
				headers: new Headers(incoming.headers as Record<string, string>),
				body: Readable.toWeb(incoming) as ReadableStream,
				duplex: 'half'
			} as RequestInit)
		);
		outgoing.writeHead(response.status, { ...CORS, ...Object.fromEntries(response.headers) });
		outgoing.end(await response.text());
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		/** The functions that were called, in order. */
		called,
		async stop() {
			server.closeAllConnections();
			await new Promise((done) => server.close(done));
			await database.close();
		}
	};
}
