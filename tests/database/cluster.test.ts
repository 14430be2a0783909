import postgres from 'postgres';
import { afterAll, expect, it } from 'vitest';
import { sharedPostgres } from '../support/postgres_shared';

const server = sharedPostgres();
const connections: postgres.Sql[] = [];
const connect = (database: string) => {
	const sql = postgres(server.url(database), { max: 1 });
	connections.push(sql);
	return sql;
};
afterAll(() => Promise.all(connections.map((sql) => sql.end())));

it('the database under test speaks UTF-8, sorts by code point, and survives a crash', async () => {
	const sql = connect(await server.createDatabase());
	const [settings] = await sql`
		select current_setting('server_encoding') as encoding,
			(select datcollate from pg_database where datname = current_database()) as collation,
			current_setting('fsync') as fsync,
			current_setting('server_version_num')::int >= 150000 as recent`;
	expect(settings).toEqual({ encoding: 'UTF8', collation: 'C', fsync: 'on', recent: true });
});

it('every test file has a database of its own', async () => {
	const [one, other] = await Promise.all([server.createDatabase(), server.createDatabase()]);
	await connect(one)`create table mine ()`;
	const [found] = await connect(other)`select to_regclass('public.mine') as mine`;
	expect(found).toEqual({ mine: null });
});

it('a template is filled once, however many ask for it at once', async () => {
	let times = 0;
	const fill = async (database: string) => {
		times += 1;
		const sql = postgres(server.url(database), { max: 1 });
		await sql`create table filled ()`;
		await sql.end();
	};
	const databases = await Promise.all(
		[1, 2, 3].map(() => server.createDatabaseLike('cluster_test', fill))
	);
	expect(times).toBe(1);
	expect(new Set(databases).size).toBe(3);
	for (const database of databases) await connect(database)`select from filled`;
});
