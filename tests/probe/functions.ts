import { callOf } from '../../src/lib/server/database/functions';
import { ruleOf, showsOf, type ApiRule } from './answers';
import { argumentsFor, FEW, FOCI, type Focus } from './arguments';
import type { Fn } from './catalogue';
import { INNER } from './expectations';
import type { Door } from './door';
import { factsIn } from './truth';
import { forbiddenWrites } from './written';

/** A call of every function, as this caller: from every place where it is theirs, or once. */
export function probeFunction(door: Door, fn: Fn) {
	const { who } = door;
	const rule = fn.name.startsWith('api.') ? ruleOf(fn.name.slice(4)) : undefined;
	if (!audienceOf(fn, rule).includes(who.identity.role))
		return Promise.all([tryForbidden(door, fn)]);
	return Promise.all(
		callsOf(door, fn).map(([focus, args]) => tryAllowed(door, fn, rule, focus, args))
	);
}

/** The inner function behind the one that is open to everybody. */
const OPEN_TO_ALL = 'published.figures';

/** The roles that may call a function. */
function audienceOf({ name }: Fn, rule: ApiRule | undefined): string[] {
	if (rule?.audience === 'everybody' || name === OPEN_TO_ALL)
		return ['anon', 'authenticated', 'app_server'];
	if (rule) return [rule.audience === 'people' ? 'authenticated' : 'app_server'];
	const inner = name.replace(/^app\./, '');
	if (INNER.both.includes(inner)) return ['authenticated', 'app_server'];
	if (INNER.people.includes(inner)) return ['authenticated'];
	return INNER.server.includes(inner) ? ['app_server'] : [];
}

async function tryForbidden({ knock, who, report }: Door, fn: Fn) {
	const nulls = fn.args.map(({ type }) => `null::${type}`).join(', ');
	const outcome = await knock({ text: `select ${fn.name}(${nulls})`, params: [] });
	report.probed();
	// What is refused further inside was let in.
	const bare = fn.name.replace(/^\w+\./, '');
	const said = outcome.message ?? '';
	if (!said.endsWith(`for function ${bare}`) && !/for schema \w+$/.test(said))
		report.leak(`${who.name} may call ${fn.name}`);
}

async function tryAllowed(
	{ knock, who, truth, report }: Door,
	fn: Fn,
	rule: ApiRule | undefined,
	focus: Focus,
	args: Record<string, unknown>
) {
	const call = `${fn.name}(${JSON.stringify(args).slice(0, 160)})`;
	const outcome = await knock(statementOf(fn, args), fn.volatile);
	report.probed();
	if (/^(XX|P0|42[^5]|0A|2F|3)/.test(outcome.code ?? ''))
		report.broken(`${who.name} calls ${call}: ${outcome.message}`);
	if ((who.server || !rule) && outcome.code === '42501' && !REFUSES.test(outcome.message ?? ''))
		report.overdenial(`${who.name} may not call ${call}: ${outcome.message}`);
	for (const what of forbiddenWrites(who, outcome.wrote, truth.rows, args))
		report.leak(`${who.name}, by ${call}, ${what}`);

	const mine = truth.facts(who);
	const given = new Set(factsIn([args, who.identity.claims]));
	const { shows, showsServer, showsAll } = showsOf(fn.name);
	const shown = new Set(
		showsAll?.(truth) ??
			(who.server ? showsServer?.(focus, truth) : who.scope && shows?.(who.scope, focus, truth)) ??
			[]
	);
	const stray = factsIn(outcome.rows).find(
		(fact) => truth.known.has(fact) && !mine.has(fact) && !given.has(fact) && !shown.has(fact)
	);
	if (stray) report.leak(`${who.name} learns "${stray}" by ${call}`);
	if (!rule?.says) return;

	const body = outcome.rows[0]?.body;
	const answer = typeof body === 'string' ? JSON.parse(body) : body;
	const said = answer ? rule.says(answer as never, focus) : [];
	const expected = rule.expectedByAll
		? rule.expectedByAll(focus, truth)
		: who.server
			? (rule.expectedByServer?.(focus, truth) ?? [])
			: ((who.scope && rule.expects?.(who.scope, focus, truth)) ?? []);
	for (const one of more(said, expected)) report.leak(`${who.name} is told "${one}" by ${call}`);
	for (const one of more(expected, said))
		report.overdenial(
			`${who.name} is not told "${one}" by ${call}: ${outcome.message ?? 'it is missing'}`
		);
}

/** What the functions themselves say to a role without the verb. */
const REFUSES = /^this role may not|^the audit log is not for this role$/;

function more(these: string[], than: string[]): string[] {
	const known = new Set(than);
	return these.filter((one) => !known.has(one)).slice(0, 1);
}

/**
 * The calls that differ, from every place; from some where nothing can come of it, and at the inner
 * functions, which those of api stand before. Worked out once for all callers.
 */
const calls = new Map<string, [Focus, Record<string, unknown>][]>();
function callsOf({ who }: Door, fn: Fn): [Focus, Record<string, unknown>][] {
	const open = who.scope ?? who.server;
	const places = !open ? FEW.slice(0, 3) : fn.name.startsWith('api.') ? FOCI : FEW;
	const name = `${fn.name} ${places.length}`;
	const known = calls.get(name);
	if (known) return known;
	const different = new Map<string, [Focus, Record<string, unknown>]>();
	for (const focus of places) {
		const args = argumentsFor(fn, focus);
		const key = JSON.stringify(args, (name, value) => (name === 'at' ? undefined : value));
		if (!different.has(key)) different.set(key, [focus, args]);
	}
	calls.set(name, [...different.values()]);
	return [...different.values()];
}

/** Functions of api are called as the gateway calls them; the inner ones the same way. */
function statementOf(fn: Fn, args: Record<string, unknown>) {
	const [schema, name = ''] = fn.name.split('.');
	const listed = fn.args.map((arg) => ({ ...arg, optional: false }));
	if (schema === 'api') return callOf({ name, args: listed, patience_ms: null }, args);
	const list = fn.args.map(({ name, type }, n) => `"${name}" => $${n + 1}::text::${type}`);
	const params = fn.args.map(({ name, type }) => asText(type, args[name]));
	return { text: `select ${fn.name}(${list.join(', ')}) as body`, params };
}

function asText(type: string, value: unknown): string | null {
	if (value === null) return null;
	if (Array.isArray(value) && type.endsWith('[]')) return `{${value.join(',')}}`;
	return typeof value === 'string' ? value : JSON.stringify(value);
}
