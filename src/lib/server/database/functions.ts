import type { Database, Statement } from './database';

/** A function of the exposed schema: its arguments by name with their types. */
export type ApiFunction = {
	name: string;
	args: { name: string; type: string; optional: boolean }[];
	/** How long a call may take where the function itself says so, in ms: PostgREST reads it there, too. */
	patience_ms: number | null;
};

/** Every function of schema api, read from the database's own catalogue. */
export async function readFunctions(database: Database): Promise<Map<string, ApiFunction>> {
	const rows = await database.inspect<ApiFunction>(`
		select p.proname as name, coalesce((
			select jsonb_agg(jsonb_build_object(
				'name', a.name, 'type', format_type(a.type, null),
				'optional', a.n > p.pronargs - p.pronargdefaults) order by a.n)
			from unnest(p.proargnames, p.proargtypes::oid[]) with ordinality a(name, type, n)
			where a.n <= p.pronargs), '[]') as args, (
			select 1000 * extract(epoch from split_part(c, '=', 2)::interval)::integer
			from unnest(p.proconfig) c where c like 'statement_timeout=%') as patience_ms
		from pg_proc p
		where p.pronamespace = 'api'::regnamespace and p.prokind = 'f'`);
	return new Map(rows.map((row) => [row.name, row]));
}

/** Whether a call with just these argument names can reach the function. */
export function accepts(fn: ApiFunction, names: string[]): boolean {
	return (
		names.every((name) => fn.args.some((arg) => arg.name === name)) &&
		fn.args.every((arg) => arg.optional || names.includes(arg.name))
	);
}

/** The statement of a call. Names come from the catalogue, values are parameters: nothing is spliced in. */
export function callOf(fn: ApiFunction, body: Record<string, unknown>): Statement {
	const given = fn.args.filter((arg) => arg.name in body);
	// Through text: a driver that knows a parameter's type would encode the text once more, its own way.
	const list = given
		.map((arg, i) => `${quote(arg.name)} => $${i + 1}::text::${arg.type}`)
		.join(', ');
	return {
		text: `select to_json(api.${quote(fn.name)}(${list}))::text as body`,
		params: given.map((arg) => asText(arg.type, body[arg.name])),
		patience_ms: fn.patience_ms ?? undefined
	};
}

function asText(type: string, value: unknown): string | null {
	if (type === 'json' || type === 'jsonb') return JSON.stringify(value);
	if (value === null) return null;
	if (type.endsWith('[]') && Array.isArray(value)) return arrayText(value);
	return typeof value === 'string' ? value : JSON.stringify(value);
}

/** A list as PostgreSQL writes an array: each text in quotes, so that nothing in it counts as syntax. */
function arrayText(values: unknown[]): string {
	const text = (value: unknown) =>
		`"${String(value).replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
	return `{${values.map((value) => (value === null ? 'null' : text(value))).join(',')}}`;
}

function quote(name: string): string {
	return `"${name.replaceAll('"', '""')}"`;
}
