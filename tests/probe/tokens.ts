import { exportSPKI, SignJWT, type CryptoKey } from 'jose';
import { pino } from 'pino';
import { openPool } from '../../src/lib/server/database/pool';
import { openGateway, type Gateway } from '../../src/lib/server/gateway/gateway';
import type { TokenKeys } from '../../src/lib/server/token/keys';
import { testKeys } from '../support/gateways';
import { ruleOf } from './answers';
import { argumentsFor, FOCI } from './arguments';
import type { Catalogue, Fn } from './catalogue';
import type { Report } from './report';
import { factsIn, type Truth } from './truth';
import { CITIES, personId } from './world';

/** Over HTTP: each forged or stale token at each function. Only the good one, by the way, gets in. */
export async function probeTokens(
	url: string,
	{ functions }: Catalogue,
	truth: Truth,
	report: Report
) {
	const database = await openPool(url);
	try {
		const keys = await testKeys();
		const gateway = await openGateway(database, keys, pino({ level: 'silent' }));
		const open = functions.filter(({ name }) => name.startsWith('api.'));
		for (const [what, token] of await tokens(keys))
			for (const fn of open) await probeToken(gateway, what, token, fn, truth, report);
	} finally {
		await database.close();
	}
}

async function probeToken(
	gateway: Gateway,
	what: string,
	authorization: string | null,
	fn: Fn,
	truth: Truth,
	report: Report
) {
	const name = fn.name.slice(4);
	const request = new Request(`http://test/rest/v1/rpc/${name}`, {
		method: 'POST',
		body: JSON.stringify(argumentsFor(fn, FOCI[0] as (typeof FOCI)[0])),
		headers: authorization === null ? {} : { authorization }
	});
	const answer = await gateway.answer(name, request);
	const body = await answer.text();
	report.probed();
	const rule = ruleOf(name);
	// What is open to everybody needs no token; one that is no good is refused all the same.
	const good =
		rule?.audience === 'everybody'
			? STRANGERS.includes(what) || answer.status < 400
			: what === GOOD && rule?.audience === 'people';
	const open = new Set(rule?.showsAll?.(truth));
	const told = factsIn(body).find((fact) => truth.known.has(fact) && !open.has(fact));
	if (rule?.showsAll && told) report.leak(`${what} learns "${told}" by ${fn.name}`);
	// What it asks for may be refused; it itself may not.
	if (good && (answer.status === 401 || answer.status >= 500))
		report.overdenial(`${what} is refused by ${fn.name}: ${answer.status} ${body}`);
	if (!good && answer.status < 400) report.leak(`${what} is let in by ${fn.name}`);
	if (!good && told) report.leak(`${what} learns "${told}" by ${fn.name}`);
}

const GOOD = 'A good token';
const STRANGERS = [GOOD, 'No token', 'The role anon with a live session'];
const officer = personId(CITIES[0] ?? '', 'ward_officer here');
const person = (title: string) => {
	const id = personId(CITIES[0] ?? '', title);
	return { sub: id, sid: id };
};

/** Authorization headers that are no good in one way each, and one that is. */
async function tokens(keys: TokenKeys): Promise<[string, string | null][]> {
	const [other, shared] = [await testKeys(), new TextEncoder().encode(await publicKeyOf(keys))];
	const claims = { role: 'authenticated', ...person('ward_officer here') };
	const now = Math.floor(Date.now() / 1000);
	const sign = (
		said: object,
		{ exp = now + 600, kid = keys.kid, key = keys.sign, alg = 'ES256', aud = 'authenticated' } = {}
	) =>
		new SignJWT({
			...claims,
			iat: now - 60,
			...(exp ? { exp } : {}),
			...(aud ? { aud } : {}),
			...said
		})
			.setProtectedHeader({ alg, kid })
			.sign(key);
	const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
	const good = await sign({});
	const [head = '', , signature = ''] = good.split('.');
	const exp = now + 600;
	const bearers: [string, string][] = [
		[GOOD, good],
		...['none', 'None', 'nOnE'].map((alg): [string, string] => [
			`alg ${alg}`,
			`${part({ alg, typ: 'JWT' })}.${part({ ...claims, aud: 'authenticated', exp })}.x`
		]),
		['Claims changed under the signature', `${head}.${part({ ...claims, exp })}.${signature}`],
		['HS256 with the public key', await sign({}, { alg: 'HS256', key: shared })],
		['Another key under our kid', await sign({}, { key: other.sign })],
		['Another key under its kid', await sign({}, { key: other.sign, kid: other.kid })],
		['An expired token', await sign({}, { exp: now - 31 })],
		['A token without an end', await sign({}, { exp: 0 })],
		['A token of tomorrow', await sign({ nbf: now + 86_400 })],
		['Another audience', await sign({}, { aud: 'anon' })],
		['No audience', await sign({}, { aud: '' })],
		...(await Promise.all(
			['service_role', 'postgres', 'supabase_admin', 'authenticator', 'public', 'none', ''].map(
				async (role): Promise<[string, string]> => [`role "${role}"`, await sign({ role })]
			)
		)),
		['Several roles at once', await sign({ role: ['app_server', 'authenticated'] })],
		['The role anon with a live session', await sign({ role: 'anon' })],
		...(await Promise.all(
			[
				'disabled',
				'with a session that was revoked',
				'with a session that ran out',
				'with a session of 91 days'
			].map(async (state): Promise<[string, string]> => [
				`A token of somebody ${state}`,
				await sign(person(`ward_officer ${state}`))
			])
		)),
		["Another's session", await sign({ sid: person('city_office here').sid })],
		['A session that never was', await sign({ sid: crypto.randomUUID() })],
		['No session', await sign({ sid: undefined })],
		['Nobody', await sign({ sub: undefined })]
	];
	return [
		['No token', null],
		['An empty token', 'Bearer '],
		['A password', `Basic ${Buffer.from(`${officer}:x`).toString('base64')}`],
		...bearers.map(([what, token]): [string, string] => [what, `Bearer ${token}`])
	];
}

const publicKeyOf = (keys: TokenKeys) => exportSPKI(keys.verify as CryptoKey);
