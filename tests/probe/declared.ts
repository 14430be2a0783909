import type postgres from 'postgres';
import { ROLES } from '../../src/lib/domain/role';
import { API, ruleOf } from './answers';
import { unknownArguments } from './arguments';
import type { Catalogue } from './catalogue';
import { INNER, TABLES } from './expectations';

const INNER_NAMES = Object.values(INNER)
	.flat()
	.map((name) => `app.${name}`);

/** What the database has and nobody has declared, or the other way round, each as a sentence. */
export async function undeclared(
	sql: postgres.Sql,
	{ tables, functions }: Catalogue
): Promise<string[]> {
	const names = new Set(functions.map(({ name }) => name));
	const empty = [];
	for (const { name } of tables) {
		const [row] = await sql.unsafe(`select from ${name} limit 1`);
		if (!row) empty.push(name);
	}
	const roles = await sql<{ role: string }[]>`select role from app.roles`;
	return [
		...tables
			.filter(({ name }) => !(name in TABLES))
			.map(({ name }) => `${name} is new: say in tests/probe/expectations.ts who may read it`),
		...empty.map((name) => `${name} is empty: give it rows of both cities in tests/probe/seed.ts`),
		...functions
			.filter(({ name }) => name.startsWith('api.') && !ruleOf(name.slice(4)))
			.map(({ name }) => `${name} is new: say in tests/probe/answers.ts whose it is`),
		...functions
			.filter(({ name }) => name.startsWith('api.') || INNER_NAMES.includes(name))
			.flatMap((fn) => unknownArguments(fn).map(({ name }) => [fn.name, name]))
			.map(
				([fn, name]) => `${fn} takes "${name}": say in tests/probe/arguments.ts what to give it`
			),
		...Object.keys(TABLES)
			.filter((name) => !tables.some((table) => table.name === name))
			.map((name) => `${name} is in tests/probe/expectations.ts, and not in the database`),
		...Object.keys(API)
			.filter((name) => !names.has(`api.${name}`))
			.map((name) => `api.${name} is in tests/probe/answers.ts, and not in the database`),
		...INNER_NAMES.filter((name) => !names.has(name)).map(
			(name) => `${name} is in tests/probe/expectations.ts, and not in the database`
		),
		...roles
			.filter(({ role }) => !(ROLES as readonly string[]).includes(role))
			.map(({ role }) => `the role ${role} is new: say in src/lib/domain/role.ts that there is one`)
	];
}
