import postgres from 'postgres';
import { StartError } from '../start-error';
import { DatabaseError, assume, type Database } from './database';

/** Calls that may stand in line for a connection; the next one is told to come back. */
const LINE = 200;

/**
 * A PostgreSQL at `url`, reached as the login role `authenticator`. Throws StartError when it does
 * not answer, when the login could bypass the policies, or when it may not take on the three roles.
 */
export async function openPool(url: string): Promise<Database> {
	const sql = postgres(url, { max: 10, onnotice: () => {}, connect_timeout: 10 });
	try {
		await refusePowerfulLogin(sql);
	} catch (error) {
		await sql.end({ timeout: 1 });
		if (error instanceof StartError) throw error;
		throw new StartError(
			`The database at DATABASE_URL does not answer: ${DatabaseError.from(error).message}.`
		);
	}
	let inside = 0;
	return {
		async run(identity, statement) {
			if (inside >= LINE) throw new DatabaseError('53300', 'the database is busy', null, null);
			inside++;
			try {
				return await sql.begin(async (tx) => {
					const as = assume(identity, statement.patience_ms);
					await tx.unsafe(as.text, as.params);
					const [row] = await tx.unsafe(statement.text, statement.params);
					return (row?.body as string | null) ?? null;
				});
			} catch (error) {
				throw DatabaseError.from(error);
			} finally {
				inside--;
			}
		},
		inspect: async <T>(text: string) => [...(await sql.unsafe(text))] as T[],
		close: () => sql.end({ timeout: 5 })
	};
}

async function refusePowerfulLogin(sql: postgres.Sql) {
	const [login] = await sql<{ name: string; powerful: boolean; missing: string[] }[]>`
		select r.rolname as name, r.rolsuper or r.rolbypassrls as powerful,
			array(
				select needed from unnest(array['anon', 'authenticated', 'app_server']) needed
				where not exists (
					select from pg_roles x where x.rolname = needed and pg_has_role(r.oid, x.oid, 'member'))
			) as missing
		from pg_roles r where r.rolname = current_user`;
	if (!login || login.powerful)
		throw new StartError(
			`DATABASE_URL logs in as "${login?.name}", which may pass by every policy. ` +
				'Use the role "authenticator"; superusers are refused.'
		);
	if (login.missing.length > 0)
		throw new StartError(
			`The login "${login.name}" may not act as ${login.missing.join(', ')}. ` +
				'Run the migrations first: npm run migrate.'
		);
}
