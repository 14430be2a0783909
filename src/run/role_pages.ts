import { readFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { format, resolveConfig } from 'prettier';
import { applyMigrations } from './migrations';

type RoleVerb = { role: string; verb: string };
type Policy = { table: string; who: string; says: string; columns: string | null };
type Words = Record<string, string>;

/** The files that say what each role may do, by path: made from the database's own rows and policies. */
export async function rolePages(): Promise<Record<string, string>> {
	const lite = await PGlite.create();
	const query = async <T>(sql: string) => (await lite.query<T>(sql)).rows;
	try {
		await applyMigrations({ exec: (sql) => lite.exec(sql), query });
		const held = await query<RoleVerb>(
			`select r.role, v.verb from app.roles r left join app.role_verbs v on v.role = r.role
			order by r.position, v.verb`
		);
		return {
			'src/lib/domain/role_verbs.ts': await code(held),
			'docs/roles.md': page(held, await query<Policy>(POLICIES))
		};
	} finally {
		await lite.close();
	}
}

/** Each policy with the columns that its role may read, where those are not all. */
const POLICIES = `
	select p.tablename as table, p.policyname as says, p.roles::text as who, (
		select string_agg(g.column_name, ', ' order by g.column_name)
		from information_schema.column_privileges g
		where g.table_schema = p.schemaname and g.table_name = p.tablename and g.grantee = any (p.roles)
			and g.privilege_type = 'SELECT'
			and not has_table_privilege(g.grantee, format('%I.%I', p.schemaname, p.tablename), 'select')
	) as columns
	from pg_policies p where p.schemaname = 'app'
	order by 3 desc, p.tablename, p.policyname`;

async function code(held: RoleVerb[]): Promise<string> {
	const rows = rolesOf(held).map(
		(role) => `${role}: [${verbsOf(held, role).map((verb) => `'${verb}'`)}]`
	);
	const text = `import type { Role, Verb } from './role';

		/**
		 * What each role may do, for pages that say so, offline too, and for tests that expect it. Made from
		 * the rows of app.role_verbs by \`npm run roles\`; the database decides by those rows alone.
		 */
		export const ROLE_VERBS: Record<Role, readonly Verb[]> = { ${rows.join(', ')} };`;
	const path = 'src/lib/domain/role_verbs.ts';
	return format(text, { ...(await resolveConfig(path)), filepath: path });
}

function page(held: RoleVerb[], policies: Policy[]): string {
	return `# Ai thấy gì? · Who sees what?

Made by \`npm run roles\` from the rows of \`app.role_verbs\` and the policies of the database; a test
fails when it is stale. \`npm run probe\` proves it ([tests/probe](../tests/probe)).

## Vai trò và việc được làm

${matrix(held, words('vi'))}

${words('vi').rights_scope}

## Roles and what they may do

${matrix(held, words('en'))}

${words('en').rights_scope}

## What lets a row be read

Row level security is on for every table; a table that is not here is read by nobody. Nobody changes a
record but through \`api.push\`. \`authenticated\` is a person with a live session, \`app_server\` the web
server's own calls.

| role | table | policy | columns |
|---|---|---|---|
${policies.map(({ who, table, says, columns }) => `| ${who.replace(/[{}]/g, '')} | \`${table}\` | ${says} | ${columns ?? 'all'} |`).join('\n')}
`;
}

function matrix(held: RoleVerb[], said: Words): string {
	const roles = rolesOf(held);
	const verbs = [...new Set(held.flatMap(({ verb }) => verb ?? []))].sort();
	const line = (cells: (string | undefined)[]) => `| ${cells.join(' | ')} |`;
	return [
		line(['', ...roles.map((role) => said[`role_${role}`] ?? role)]),
		`|---|${roles.map(() => ':-:|').join('')}`,
		...verbs.map((verb) =>
			line([
				`${said[`rights_verb_${verb}`] ?? verb} (\`${verb}\`)`,
				...roles.map((role) => (verbsOf(held, role).includes(verb) ? '✓' : '—'))
			])
		)
	].join('\n');
}

const rolesOf = (held: RoleVerb[]) => [...new Set(held.map(({ role }) => role))];
const verbsOf = (held: RoleVerb[], role: string) =>
	held.filter((one) => one.role === role).flatMap(({ verb }) => verb ?? []);

function words(locale: 'vi' | 'en'): Words {
	return JSON.parse(readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8'));
}
