import { PGlite } from '@electric-sql/pglite';
import postgres from 'postgres';
import { afterAll, beforeAll, describe } from 'vitest';
import {
	DatabaseError,
	assume,
	type Database,
	type Identity
} from '../../src/lib/server/database/database';
import { callOf, readFunctions } from '../../src/lib/server/database/functions';
import { openPool } from '../../src/lib/server/database/pool';
import { applyMigrations, type OwnerDatabase } from '../../src/run/migrations';
import type { Postgres } from './postgres';
import { sharedPostgres } from './postgres_shared';
import { cast, settleSmallCity, type CastName } from './small_city';

/** A city in a database, and the ways to knock at it. */
export type TestCity = {
	owner: OwnerDatabase;
	database: Database;
	/** A call as a member of the cast with a live session. Database errors are thrown. */
	call<T = unknown>(who: CastName, fn: string, args?: Record<string, unknown>): Promise<T>;
	callAs<T = unknown>(identity: Identity, fn: string, args?: Record<string, unknown>): Promise<T>;
	close(): Promise<void>;
};

/** The same promises on every database the product runs on. */
export function onEachDatabase(tests: (city: () => TestCity) => void): void {
	describe.each([
		['PGlite', () => openLiteCity()],
		['PostgreSQL', openPostgresCity]
	])('on %s', (_, open) => {
		let city: TestCity;
		beforeAll(async () => {
			city = await open();
		});
		afterAll(() => city.close());
		tests(() => city);
	});
}

export async function openLiteCity(
	settle: (owner: OwnerDatabase) => Promise<void> = settleSmallCity
): Promise<TestCity> {
	const lite = await PGlite.create();
	const owner: OwnerDatabase = {
		exec: (sql) => lite.exec(sql),
		query: async <T>(sql: string, params?: unknown[]) => (await lite.query<T>(sql, params)).rows
	};
	await applyMigrations(owner);
	await settle(owner);
	const database: Database = {
		run: (identity, statement) =>
			lite
				.transaction(async (tx) => {
					const as = assume(identity);
					await tx.query(as.text, as.params);
					return (
						(await tx.query<{ body: string }>(statement.text, statement.params)).rows[0]?.body ??
						null
					);
				})
				.catch((error) => {
					throw DatabaseError.from(error);
				}),
		inspect: async <T>(text: string) => (await lite.query<T>(text)).rows,
		close: () => lite.close()
	};
	return cityOf(owner, database, () => database.close());
}

/** A database with every migration and nothing in it. */
export async function openEmptyCity(kind: 'PGlite' | 'PostgreSQL'): Promise<TestCity> {
	if (kind === 'PGlite') return openLiteCity(async () => {});
	const server = sharedPostgres();
	return openPostgresCity(
		await server.createDatabaseLike('empty_city', (draft) =>
			withOwner(server.url(draft), async (owner) => void (await applyMigrations(owner)))
		)
	);
}

/** A new database with the small city on this run's PostgreSQL; answers its name. */
export function createSmallCity(server: Postgres = sharedPostgres()): Promise<string> {
	return server.createDatabaseLike('small_city', (draft) =>
		withOwner(server.url(draft), async (owner) => {
			await applyMigrations(owner);
			await settleSmallCity(owner);
		})
	);
}

/** @param name of a database that holds a city; a new one by default */
export async function openPostgresCity(name?: string): Promise<TestCity> {
	const server = sharedPostgres();
	name ??= await createSmallCity();
	const { owner, end } = connectOwner(server.url(name));
	const database = await openPool(server.url(name, 'authenticator'));
	return cityOf(owner, database, async () => {
		await database.close();
		await end();
	});
}

/** The database's owner for the length of some work. */
export async function withOwner(url: string, work: (owner: OwnerDatabase) => Promise<void>) {
	const { owner, end } = connectOwner(url);
	try {
		await work(owner);
	} finally {
		await end();
	}
}

function connectOwner(url: string): { owner: OwnerDatabase; end(): Promise<void> } {
	const sql = postgres(url, { max: 1, onnotice: () => {} });
	return {
		owner: {
			exec: (text) => sql.unsafe(text).simple(),
			query: async <T>(text: string, params: unknown[] = []) =>
				[...(await sql.unsafe(text, params as string[]))] as T[]
		},
		end: () => sql.end()
	};
}

async function cityOf(
	owner: OwnerDatabase,
	database: Database,
	close: () => Promise<void>
): Promise<TestCity> {
	const functions = await readFunctions(database);
	const callAs = async <T>(
		identity: Identity,
		name: string,
		args: Record<string, unknown> = {}
	) => {
		const fn = functions.get(name);
		if (!fn) throw new Error(`there is no api.${name}`);
		return JSON.parse((await database.run(identity, callOf(fn, args))) ?? 'null') as T;
	};
	return {
		owner,
		database,
		callAs,
		call: (who, name, args) => callAs(identityOf(who), name, args),
		close
	};
}

/** The identity that a token of this person's live session carries. */
export function identityOf(who: CastName): Identity {
	const { person_id } = cast[who];
	return {
		role: 'authenticated',
		claims: { role: 'authenticated', sub: person_id, sid: person_id }
	};
}
