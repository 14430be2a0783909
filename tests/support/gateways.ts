import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import pino from 'pino';
import { afterAll, beforeAll, describe } from 'vitest';
import { openEmbedded } from '../../src/lib/server/database/embedded';
import { openPool } from '../../src/lib/server/database/pool';
import { openGateway, type Gateway } from '../../src/lib/server/gateway/gateway';
import { openKeys, makeKey, type TokenKeys } from '../../src/lib/server/token/keys';
import { mintToken } from '../../src/lib/server/token/mint';
import { applyMigrations } from '../../src/run/migrations';
import { createSmallCity } from './databases';
import type { Postgres } from './postgres';
import { sharedPostgres } from './postgres_shared';
import { cast, settleSmallCity, type CastName } from './small_city';

/** A gateway as it runs in production, with a log that can be read. */
export type TestGateway = {
	gateway: Gateway;
	keys: TokenKeys;
	logged: () => string;
	/** POST /rest/v1/rpc/<name> with a body as it is and the headers given. */
	post(name: string, body: BodyInit, headers?: Record<string, string>): Promise<Response>;
	/** The same as a member of the cast. */
	rpc(who: CastName, name: string, args?: object): Promise<Response>;
	close(): Promise<void>;
};

/** The same promises behind the embedded database and behind a PostgreSQL. */
export function onEachGateway(tests: (gateway: () => TestGateway) => void): void {
	describe.each([
		['PGlite in its thread', openEmbeddedGateway],
		['a PostgreSQL pool', () => openPooledGateway()]
	])('over %s', (_, open) => {
		let opened: TestGateway;
		beforeAll(async () => {
			opened = await open();
		});
		afterAll(() => opened.close());
		tests(() => opened);
	});
}

/** A data folder with the small city, as `npm start` would leave it. */
export async function makeDataFolder(): Promise<string> {
	const folder = mkdtempSync(join(tmpdir(), 'tung-nha-'));
	const lite = await PGlite.create(join(folder, 'city'));
	const owner = {
		exec: (sql: string) => lite.exec(sql),
		query: async <T>(sql: string, params?: unknown[]) => (await lite.query<T>(sql, params)).rows
	};
	await applyMigrations(owner);
	await settleSmallCity(owner);
	await lite.close();
	return folder;
}

/** A gateway over the embedded database (null), or over a new database of a PostgreSQL. */
export function openGatewayOn(server: Postgres | null): Promise<TestGateway> {
	return server ? openPooledGateway(server) : openEmbeddedGateway();
}

async function openEmbeddedGateway(): Promise<TestGateway> {
	const folder = await makeDataFolder();
	const database = await openEmbedded(folder);
	return open(database, async () => {
		await database.close();
		rmSync(folder, { recursive: true });
	});
}

async function openPooledGateway(server: Postgres = sharedPostgres()): Promise<TestGateway> {
	const name = await createSmallCity(server);
	const database = await openPool(server.url(name, 'authenticator'));
	return open(database, () => database.close());
}

async function open(
	database: Gateway['database'],
	close: () => Promise<void>
): Promise<TestGateway> {
	const keys = await testKeys();
	const lines: string[] = [];
	const log = pino({ base: undefined }, { write: (line: string) => lines.push(line) });
	const gateway = await openGateway(database, keys, log);
	const post = (name: string, body: BodyInit, headers: Record<string, string> = {}) =>
		gateway.answer(
			name,
			new Request(`http://test/rest/v1/rpc/${name}`, {
				method: 'POST',
				body,
				headers,
				duplex: 'half'
			} as RequestInit)
		);
	return {
		gateway,
		keys,
		logged: () => lines.join(''),
		post,
		async rpc(who, name, args = {}) {
			const { person_id } = cast[who];
			const { token } = await mintToken(keys, {
				role: 'authenticated',
				sub: person_id,
				sid: person_id
			});
			return post(name, JSON.stringify(args), { authorization: `Bearer ${token}` });
		},
		close
	};
}

export async function testKeys(): Promise<TokenKeys> {
	const jwk = JSON.stringify(await makeKey());
	return openKeys({
		origin: '',
		logLevel: 'silent',
		profile: 'embedded',
		dataDir: '',
		signing: { jwk }
	});
}
