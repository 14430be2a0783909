import type { Caller } from './callers';
import type { Table } from './catalogue';
import { TABLES, type Row } from './expectations';
import type { Door } from './door';
import { isRefusal } from './knock';
import { only } from './truth';
import { brief } from './written';

/** Every way to a table that a statement could take, as this caller. */
export function probeTable(door: Door, table: Table) {
	return Promise.all([
		...reads(door, table),
		...(door.who.columns ? columns(door, table) : []),
		...writes(door, table)
	]);
}

/** All rows at once, and by the ids of rows that are not theirs. */
function reads({ knock, who, truth, report }: Door, table: Table) {
	const { name } = table;
	const rule = TABLES[name];
	const list = (rule?.columns ?? table.columns).map((column) => `"${column}"`).join(', ');
	const allowed = keysOf(truth.visible(who, name), table, rule?.columns);
	const select = async (where: string, params: string[] = []) => {
		const text = `select to_jsonb(r) as row from (select ${list} from ${name} ${where}) r`;
		const outcome = await knock({ text, params });
		report.probed();
		if (outcome.code && !isRefusal(outcome))
			report.broken(`${who.name} reads ${name}: ${outcome.message}`);
		return outcome;
	};
	const all = select('').then((outcome) => {
		const seen = keysOf(
			outcome.rows.map(({ row }) => row as Row),
			table,
			rule?.columns
		);
		for (const [key, row] of seen)
			if (!allowed.has(key)) report.leak(`${who.name} reads a row of ${name}: ${brief(row)}`);
		for (const [key, row] of allowed)
			if (!seen.has(key)) report.overdenial(`${who.name} does not see in ${name}: ${brief(row)}`);
	});
	const foreign = (truth.rows.get(name) ?? [])
		.map((row) => only(row, rule?.columns))
		.filter((row) => !allowed.has(keyOf(row, table)));
	const asked = spread(foreign, 2).map(async (row) => {
		const where = `where to_jsonb(${name}) @> $1::text::jsonb`;
		const byId = `where ${table.key.map((column, n) => `"${column}"::text = $${n + 1}`).join(' and ')}`;
		const usable = table.key.length > 0 && table.key.every((column) => column in row);
		const outcome = usable
			? await select(
					byId,
					table.key.map((column) => String(row[column]))
				)
			: await select(where, [JSON.stringify(row)]);
		if (outcome.rows.length > 0)
			report.leak(`${who.name} reads a row of ${name} by its id: ${brief(outcome.rows[0])}`);
	});
	return [all, ...asked];
}

/** Each column by itself: a grant may be on one alone. */
function columns({ knock, who, report }: Door, table: Table) {
	const rule = TABLES[table.name];
	const readable = who.server
		? rule?.server
		: who.identity.role === 'authenticated' && rule?.people;
	return table.columns.flatMap((column) => {
		const open = readable && (rule?.columns ?? table.columns).includes(column);
		const may = { select: Boolean(open), update: serverMay(who, table, 'update') };
		const verbs = (['select', 'update'] as const).slice(0, table.given.includes(column) ? 2 : 1);
		return verbs.map(async (verb) => {
			const text =
				verb === 'select'
					? `select "${column}" from ${table.name} limit 0`
					: `update ${table.name} set "${column}" = null where false`;
			const outcome = await knock({ text, params: [] });
			report.probed();
			if (!may[verb] && !isRefusal(outcome))
				report.leak(`${who.name} may ${verb} the column ${column} of ${table.name}`);
			else if (may[verb] && isRefusal(outcome))
				report.overdenial(`${who.name} may not ${verb} the column ${column} of ${table.name}`);
		});
	});
}

/** Writing, deleting and emptying, with a row of this city and with one of the other. */
function writes({ knock, who, truth, report }: Door, table: Table) {
	const { name } = table;
	const all = truth.rows.get(name) ?? [];
	const changing = table.key[0] ?? table.columns[0];
	const given = table.given.map((column) => `"${column}"`).join(', ');
	const attempts = [
		...spread(all, 2).map((row) => ({
			verb: 'insert' as const,
			text: `insert into ${name} (${given}) select ${given} from jsonb_populate_record(null::${name}, $1::text::jsonb)`,
			params: [JSON.stringify(row)]
		})),
		{
			verb: 'update' as const,
			text: `update ${name} set "${changing}" = "${changing}"`,
			params: []
		},
		{ verb: 'delete' as const, text: `delete from ${name}`, params: [] },
		{ verb: 'truncate' as const, text: `truncate ${name} cascade`, params: [] }
	];
	return attempts.map(async ({ verb, text, params }) => {
		const outcome = await knock({ text, params });
		report.probed();
		const may = verb !== 'truncate' && serverMay(who, table, verb);
		// What a rule of the table objects to, or a function in it, was let through by the rights.
		const refused = isRefusal(outcome) && !outcome.message?.includes('for function');
		if (!may && !refused) report.leak(`${who.name} may ${verb} in ${name}`);
		if (may && refused) report.overdenial(`${who.name} may not ${verb} in ${name}`);
	});
}

function serverMay(who: Caller, { name }: Table, verb: 'insert' | 'update' | 'delete'): boolean {
	return who.server && (TABLES[name]?.serverWrites?.includes(verb) ?? false);
}

function keysOf(rows: Row[], table: Table, columns: string[] | undefined): Map<string, Row> {
	return new Map(rows.map((row) => [keyOf(only(row, columns), table), row]));
}

function keyOf(row: Row, { key }: Table): string {
	return JSON.stringify(key.length > 0 ? key.map((column) => row[column]) : row);
}

/** Some of a list, from its ends. */
function spread<T>(list: T[], n: number): T[] {
	return list.length <= n ? list : [...list.slice(0, n - 1), ...list.slice(-1)];
}
