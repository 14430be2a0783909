import { SignJWT, UnsecuredJWT, exportSPKI, type CryptoKey } from 'jose';
import { expect, test } from 'vitest';
import { visit } from '../support/changes';
import { onEachGateway, testKeys } from '../support/gateways';
import { cast, type CastName } from '../support/small_city';

const everybody = (Object.keys(cast) as CastName[]).filter((who) => who !== 'nobody');

onEachGateway((open) => {
	test('200 calls of different people at once: everyone gets their own answer', async () => {
		const calls = Array.from(
			{ length: 200 },
			(_, i) => everybody[i % everybody.length] as CastName
		);
		const answers = await Promise.all(
			calls.map(async (who) => (await (await open().rpc(who, 'me')).json()) as { name: string })
		);
		expect(answers.map((one) => one.name)).toEqual(calls.map((who) => cast[who].name));
	});

	test('an identity does not stay behind for the next caller', async () => {
		await open().rpc('volunteer', 'me');
		expect((await open().post('me', '{}')).status).toBe(401);
	});

	test('forged and foreign tokens are refused with 401', async () => {
		const { keys, post } = open();
		const { person_id } = cast.volunteer;
		const now = Math.floor(Date.now() / 1000);
		const good = {
			role: 'authenticated',
			sub: person_id,
			sid: person_id,
			aud: 'authenticated',
			iat: now,
			exp: now + 300
		};
		const sign = (claims: object, key: CryptoKey | Uint8Array = keys.sign, alg = 'ES256') =>
			new SignJWT({ ...claims }).setProtectedHeader({ alg, kid: keys.kid }).sign(key);
		const publicKey = new TextEncoder().encode(await exportSPKI(keys.verify as CryptoKey));
		const without = (key: keyof typeof good) =>
			Object.fromEntries(Object.entries(good).filter(([k]) => k !== key));
		const tokens: Record<string, string> = {
			'alg none': new UnsecuredJWT(good).encode(),
			'HS256 with our public key': await sign(good, publicKey, 'HS256'),
			'another key': await sign(good, (await testKeys()).sign),
			'wrong audience': await sign({ ...good, aud: 'other' }),
			'no audience': await sign(without('aud')),
			expired: await sign({ ...good, exp: now - 60 }),
			'no end': await sign(without('exp')),
			'not yet valid': await sign({ ...good, nbf: now + 600 }),
			'role postgres': await sign({ ...good, role: 'postgres' }),
			'role service_role': await sign({ ...good, role: 'service_role' }),
			'role authenticator': await sign({ ...good, role: 'authenticator' }),
			'no role': await sign(without('role')),
			garbage: 'a.b.c',
			'not a token': 'own'
		};
		for (const [name, token] of Object.entries(tokens)) {
			const response = await post('me', '{}', { authorization: `Bearer ${token}` });
			expect([name, response.status]).toEqual([name, 401]);
			expect(((await response.json()) as { code: string }).code).toMatch(/^PGRST30[13]$/);
		}
		const response = await post('me', '{}', { authorization: `Bearer ${await sign(good)}` });
		expect(response.status).toBe(200);
	});

	test("the roles stay apart: people cannot call the server's functions, the server reads no record", async () => {
		const { rpc, post, keys } = open();
		const people = await rpc('city', 'server_session_find', { session_hash: 'a'.repeat(64) });
		expect([people.status, ((await people.json()) as { code: string }).code]).toEqual([
			403,
			'42501'
		]);
		const now = Math.floor(Date.now() / 1000);
		const server = await new SignJWT({ role: 'app_server' })
			.setProtectedHeader({ alg: 'ES256' })
			.setSubject('app_server')
			.setAudience('authenticated')
			.setExpirationTime(now + 60)
			.sign(keys.sign);
		const pull = await post('pull', '{"protocol":1,"cursors":{}}', {
			authorization: `Bearer ${server}`
		});
		expect(pull.status).toBe(403);
	});

	test('errors have the codes and bodies of PostgREST', async () => {
		const { rpc, post } = open();
		const problem = async (response: Promise<Response>) => {
			const answered = await response;
			const body = (await answered.json()) as Record<string, unknown>;
			expect(Object.keys(body).sort()).toEqual(['code', 'details', 'hint', 'message']);
			return [answered.status, body.code];
		};
		expect(await problem(rpc('volunteer', 'no_such_function'))).toEqual([404, 'PGRST202']);
		expect(await problem(rpc('volunteer', 'me', { surprise: 1 }))).toEqual([404, 'PGRST202']);
		expect(
			await problem(rpc('volunteer', 'coverage', { unit_id: 'x', month: '2026-01-01' }))
		).toEqual([400, '22P02']);
		expect(await problem(rpc('volunteer', 'pull', { protocol: 1, cursors: [] }))).toEqual([
			400,
			'PT400'
		]);
		expect(await problem(rpc('volunteer', 'pull', { protocol: 99, cursors: {} }))).toEqual([
			426,
			'PT426'
		]);
		expect(await problem(rpc('volunteer', 'compare_wards', { month: '2026-01-01' }))).toEqual([
			403,
			'42501'
		]);
		expect(await problem(post('me', '{}'))).toEqual([401, '42501']);
		const deep = '['.repeat(9000) + ']'.repeat(9000);
		expect(await problem(post('pull', `{"protocol":1,"cursors":${deep}}`))).toEqual([
			400,
			'PGRST102'
		]);
		expect(await problem(post('me', '{"broken'))).toEqual([400, 'PGRST102']);
		expect(await problem(post('me', '[]'))).toEqual([400, 'PGRST102']);
		expect(await problem(post('me', new Uint8Array([0xff, 0xfe, 0x7b])))).toEqual([
			400,
			'PGRST102'
		]);
		expect(await problem(post('me', '{}', { 'content-profile': 'app' }))).toEqual([
			406,
			'PGRST106'
		]);
	});

	test('a body over 1 MB is refused whether or not it says its length', async () => {
		const large = JSON.stringify({ protocol: 1, device: {}, changes: ['x'.repeat(1_000_001)] });
		expect((await open().post('push', large)).status).toBe(413);
		const stream = new Blob([large]).stream();
		expect((await open().post('push', stream)).status).toBe(413);
	});

	test('an ended session reads nothing at the next request, though its token still lives', async () => {
		const { rpc, gateway } = open();
		expect((await rpc('leader', 'me')).status).toBe(200);
		const server = { role: 'app_server', claims: { role: 'app_server' } } as const;
		await gateway.database.run(server, {
			text: 'select api.server_sessions_end($1::text::uuid)::text as body',
			params: [cast.leader.person_id]
		});
		for (const [name, args] of Object.entries({
			me: {},
			catalogue: {},
			pull: { protocol: 1, cursors: {} },
			push: { protocol: 1, device: {}, changes: [] },
			coverage: { unit_id: cast.leader.person_id, month: '2026-01-01' }
		}))
			expect([name, (await rpc('leader', name, args)).status]).toEqual([name, 401]);
	});

	test('what people write and who they are never reaches the log', async () => {
		const { rpc, logged } = open();
		const secret = 'chuyện riêng của cô Năm';
		const one = visit(null, { note: secret, outcome: secret, day: secret });
		await rpc('volunteer', 'push', {
			protocol: 1,
			device: { app_version: secret },
			changes: [one]
		});
		await rpc('volunteer', 'coverage', { unit_id: secret, month: secret });
		await rpc('volunteer', secret, {});
		expect(logged()).toContain('"fn":"push"');
		expect(logged()).not.toContain('cô Năm');
		expect(logged()).not.toContain(cast.volunteer.person_id);
		expect(logged()).not.toContain(one.record_id);
	});
});
