import postgres from 'postgres';
import { startCluster, type ClusterOptions } from './postgres_cluster';

/** A PostgreSQL to test against: where it is, and new databases in it. */
export type Postgres = ReturnType<typeof at>;

/**
 * Starts a PostgreSQL of its own in a temporary folder. It is gone, folder and all, after `stop`,
 * and also when the process ends without it; the folder stays where it is told to be kept.
 *
 * @param options fsync: false trades safety after a power cut for speed; leave it on where a test
 * measures, or kills the server
 */
export async function startPostgres(options: ClusterOptions = {}) {
	const cluster = await startCluster(options);
	return { ...at(cluster.port), ...cluster };
}

/** The PostgreSQL at a local port, with everyone trusted: what `url` and `admin` name is superuser. */
export function at(port: number) {
	const admin = { host: '127.0.0.1', port, username: 'postgres', database: 'postgres' };

	async function run<T>(work: (sql: postgres.Sql) => Promise<T>) {
		const sql = postgres({ ...admin, max: 1, onnotice: () => {} });
		try {
			return await work(sql);
		} finally {
			await sql.end();
		}
	}

	return {
		/** For `postgres(admin)`: the superuser in the maintenance database. */
		admin,

		url: (database = admin.database, user = admin.username) =>
			`postgres://${user}@${admin.host}:${port}/${database}`,

		/** An empty database, or a copy of another one that nobody is connected to. @returns its name */
		createDatabase: (template = 'template1') => run((sql) => create(sql, template)),

		/** Takes back a database that nobody is connected to any more, where many are made. */
		dropDatabase: (name: string) => run((sql) => sql`drop database ${sql(name)} with (force)`),

		/**
		 * A copy of the database that `fill` fills the first time anyone asks for it by this name:
		 * all files of a run migrate once, together. Roles belong to the whole server, so this is
		 * also what keeps two files from creating the same role at once.
		 * @returns its name
		 */
		createDatabaseLike: (name: string, fill: (database: string) => Promise<void>) =>
			run(async (sql) => {
				const template = `template_${name}`;
				await sql`select pg_advisory_lock(hashtext(${template}))`;
				const [found] = await sql`select from pg_database where datname = ${template}`;
				if (!found) await createFilled(sql, template, fill);
				return create(sql, template);
			})
	};
}

/** Fills under another name first: a template that failed half-way must not be taken for one. */
async function createFilled(
	sql: postgres.Sql,
	name: string,
	fill: (database: string) => Promise<void>
) {
	const draft = await create(sql, 'template1');
	await fill(draft);
	await sql`alter database ${sql(draft)} rename to ${sql(name)}`;
}

async function create(sql: postgres.Sql, template: string) {
	const name = `test_${crypto.randomUUID().replaceAll('-', '')}`;
	await sql`create database ${sql(name)} template ${sql(template)}`;
	return name;
}
