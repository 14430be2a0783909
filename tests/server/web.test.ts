import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startServer, type Server } from '../support/server';

// Some of these start servers of their own.
vi.setConfig({ testTimeout: 60_000 });

let server: Server;
beforeAll(async () => {
	server = await startServer();
});
afterAll(() => server.stop());

const at = (path: string, init: RequestInit = {}) =>
	fetch(server.url + path, { redirect: 'manual', ...init });

/** Plays a member of the demo cast and answers the cookie. */
async function cookieOf(role: string): Promise<string> {
	const page = await (await at(`/demo/${role}`)).text();
	const person_id = /name="person_id" value="([^"]+)"/.exec(page)?.[1] ?? '';
	const answer = await at(`/demo/${role}`, {
		method: 'POST',
		headers: {
			origin: server.url,
			accept: 'text/html',
			'content-type': 'application/x-www-form-urlencoded'
		},
		body: new URLSearchParams({ person_id })
	});
	expect(answer.status).toBe(303);
	return answer.headers.get('set-cookie') ?? '';
}

const sessionOf = async (cookie: string) =>
	(await (
		await at('/api/session', { headers: { cookie: cookie.split(';')[0] ?? '' } })
	).json()) as {
		name: string;
		token: string;
		api: { url: string };
	};

const rpc = (name: string, token: string) =>
	at(`/rest/v1/rpc/${name}`, {
		method: 'POST',
		headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
		body: '{}'
	});

describe('every response', () => {
	test.each([
		'/',
		'/shell',
		'/demo',
		'/log',
		'/manifest.webmanifest',
		'/service-worker.js',
		'/api/health',
		'/nowhere'
	])('%s carries the headers that keep other sites out', async (path) => {
		const { headers } = await at(path);
		expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
		expect(headers.get('content-security-policy')).not.toContain('unsafe-inline');
		expect(headers.get('x-content-type-options')).toBe('nosniff');
		expect(headers.get('referrer-policy')).toBe('same-origin');
		expect(headers.get('permissions-policy')).toContain('geolocation=()');
	});

	test('pages name the scripts they allow, and data is kept by nobody', async () => {
		const page = await (await at('/shell')).text();
		expect(page).toMatch(
			/http-equiv="content-security-policy" content="[^"]*script-src 'self' 'sha256-/
		);
		expect((await at('/')).headers.get('content-security-policy')).toMatch(
			/script-src 'self' 'nonce-/
		);
		for (const path of ['/api/session', '/api/health'])
			expect((await at(path)).headers.get('cache-control')).toBe('no-store');
		expect((await rpc('me', 'x')).headers.get('cache-control')).toBe('no-store');
	});
});

describe('the session', () => {
	test('lives in a cookie that scripts and other sites cannot use', async () => {
		const cookie = await cookieOf('member');
		expect(cookie).toMatch(/HttpOnly/i);
		expect(cookie).toMatch(/SameSite=Lax/i);
		expect(cookie).toMatch(/Path=\//);
	});

	test('answers a token for the person, and nothing once it has ended', async () => {
		const cookie = await cookieOf('city_office');
		const { name, token, api } = await sessionOf(cookie);
		expect([name, api.url]).toEqual(['Hoàng Văn Ổi', server.url]);
		expect((await rpc('me', token)).status).toBe(200);
		const out = await at('/api/sign-out', {
			method: 'POST',
			headers: { cookie: cookie.split(';')[0] ?? '', origin: server.url }
		});
		expect(out.status).toBe(204);
		expect((await rpc('me', token)).status).toBe(401);
		const after = await at('/api/session', { headers: { cookie: cookie.split(';')[0] ?? '' } });
		expect(after.status).toBe(401);
	});

	test('a code that nobody ever printed opens the page of a dead code, whatever stands in it', async () => {
		for (const code of ['khong-co', '%00', 'a%00b']) {
			const page = await at(`/ask/${code}`);
			expect([code, page.status]).toEqual([code, 404]);
			expect(await page.text()).toContain('1022');
		}
	});

	test('an address that cannot be read says that there is no such page', async () => {
		const answer = await fetch(`${server.url}/guides/%E0%A4%A`);
		expect(answer.status).toBe(404);
		expect(await answer.text()).toContain('<h1');
	});

	test('nobody signs in as a person outside the cast', async () => {
		const answer = await at('/demo', {
			method: 'POST',
			headers: {
				origin: server.url,
				accept: 'text/html',
				'content-type': 'application/x-www-form-urlencoded'
			},
			body: new URLSearchParams({ person_id: '0199aaaa-0000-7000-8000-000000000000' })
		});
		expect(answer.status).toBe(404);
	});

	test.each([
		['another origin', { origin: 'https://evil.example' }],
		['another site', { 'sec-fetch-site': 'cross-site' }],
		['a sister site', { 'sec-fetch-site': 'same-site', origin: 'https://other.gov.example' }],
		['no origin at all', {}]
	])('cannot be ended by a request from %s', async (_, headers: Record<string, string>) => {
		const cookie = (await cookieOf('leader')).split(';')[0] ?? '';
		for (const type of ['application/json', 'text/plain', 'application/x-www-form-urlencoded']) {
			const answer = await at('/api/sign-out', {
				method: 'POST',
				headers: { cookie, 'content-type': type, ...headers },
				body: 'x=1'
			});
			expect(answer.status).toBe(403);
		}
		expect((await at('/api/session', { headers: { cookie } })).status).toBe(200);
	});
});

test('a stopped server has closed its database and left the folder free', async () => {
	const own = await startServer();
	expect(await own.stop('SIGINT')).toBe(0);
	await own.restart();
	expect(((await (await fetch(`${own.url}/api/health`)).json()) as { ok: boolean }).ok).toBe(true);
	expect(await own.stop()).toBe(0);
});

test('a server that is killed starts again on the same data', async () => {
	const own = await startServer();
	await own.kill();
	await own.restart();
	expect(((await (await fetch(`${own.url}/api/health`)).json()) as { ok: boolean }).ok).toBe(true);
	await own.stop();
});

test('a taken port and a folder in use are one sentence each, and no success', async () => {
	const port = Number(new URL(server.url).port);
	await expect(startServer({ port })).rejects.toThrow(/Port \d+ is taken/);
	await expect(startServer({ dataDir: server.dataDir })).rejects.toThrow(
		/in use by another process/
	);
});
