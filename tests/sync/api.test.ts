import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { connect } from '../../src/lib/data/api';
import { endSession, fetchSession } from '../../src/lib/data/session';
import { sessionIdOf } from '../../src/lib/data/session_marks';
import { BUOI, CAM } from '../device/support';

type Asked = { path: string; token: string | null; profile: string | null; body: unknown };

let asked: Asked[] = [];
let signed_in = BUOI;
let answers: ((asked: Asked) => Response | Promise<Response> | undefined)[] = [];
let tokens = 0;

beforeEach(() => {
	[asked, answers, signed_in, tokens] = [[], [], BUOI, 0];
	vi.stubGlobal('fetch', line);
	// The client brings a part for live channels, which this product never opens.
	vi.stubGlobal('WebSocket', class {});
});
afterEach(() => {
	vi.unstubAllGlobals();
	vi.useRealTimers();
});

describe('a call', () => {
	test('is made with the token of the session, which is asked for once', async () => {
		const api = connect({ person_id: BUOI });
		expect(asked).toEqual([]);
		await api.rpc('me', {});
		await api.rpc('compare_wards', { month: '2026-11-01' });
		expect(asked.map(({ path, token }) => [path, token])).toEqual([
			['/api/session', null],
			['/rest/v1/rpc/me', 'Bearer token 1'],
			['/rest/v1/rpc/compare_wards', 'Bearer token 1']
		]);
		expect(asked[2]).toMatchObject({ profile: 'api', body: { month: '2026-11-01' } });
	});

	test('renews a token shortly before it ends, by the clock of the server', async () => {
		vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-01-01T00:00:00Z') });
		const api = connect(await fetchSession());
		await api.rpc('me', {});
		vi.setSystemTime(new Date('2025-01-01T00:08:30Z'));
		await api.rpc('me', {});
		expect(tokens).toBe(1);
		vi.setSystemTime(new Date('2025-01-01T00:09:01Z'));
		await Promise.all([api.rpc('me', {}), api.rpc('catalogue', {})]);
		expect(tokens).toBe(2);
	});

	test('tries once more with a new token when the old one is refused', async () => {
		const api = connect(await fetchSession());
		answers.push(() => refuse(401));
		await api.rpc('me', {});
		expect(asked.at(-1)?.token).toBe('Bearer token 2');
	});

	test('says that the session has ended when it has', async () => {
		const api = connect(await fetchSession());
		answers.push(
			() => refuse(403, { code: '42501' }),
			() => refuse(401)
		);
		await expect(api.rpc('me', {})).rejects.toMatchObject({ status: 401, code: 'signed_out' });
	});

	test('says what the person may not do when the session has not ended', async () => {
		const api = connect(await fetchSession());
		answers.push(
			() => refuse(403),
			() => undefined,
			() => refuse(403)
		);
		const call = api.rpc('compare_wards', { month: '2026-11-01' });
		await expect(call).rejects.toMatchObject({ code: 'not_allowed' });
	});

	test('is not made in the name of somebody who signed in meanwhile', async () => {
		const api = connect({ person_id: BUOI });
		signed_in = CAM;
		await expect(api.rpc('me', {})).rejects.toMatchObject({ status: 401, code: 'other_person' });
		expect(asked.map((one) => one.path)).toEqual(['/api/session']);
	});
});

describe('a failure', () => {
	test('carries how long the server wants to be left alone', async () => {
		const api = connect(await fetchSession());
		answers.push(() => refuse(503, {}, { 'retry-after': '120' }));
		await expect(api.rpc('me', {})).rejects.toMatchObject({ code: 'busy', retryAfter: 120 });
		const date = new Date(Date.now() + 90_000).toUTCString();
		answers.push(() => refuse(429, {}, { 'retry-after': date }));
		const error: unknown = await api.rpc('me', {}).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ code: 'busy' });
		expect((error as { retryAfter: number }).retryAfter).toBeGreaterThan(80);
	});

	test('of the network is told apart from one of the server', async () => {
		const api = connect(await fetchSession());
		answers.push(() => Promise.reject(new TypeError('Failed to fetch')));
		await expect(api.rpc('me', {})).rejects.toMatchObject({ status: 0, code: 'offline' });
		answers.push(() => refuse(500));
		await expect(api.rpc('me', {})).rejects.toMatchObject({ status: 500, code: 'server_error' });
		answers.push(() => refuse(426));
		await expect(api.rpc('me', {})).rejects.toMatchObject({ code: 'update_needed' });
	});

	test('to answer in time is one of the network', async () => {
		const api = connect(await fetchSession());
		answers.push(() => Promise.reject(new DOMException('aborted', 'AbortError')));
		await expect(api.rpc('me', {})).rejects.toMatchObject({ status: 408, code: 'offline' });
	});

	test('is the page of a hotel’s network in place of the server', async () => {
		answers.push(() => new Response('<html>Welcome</html>', { status: 200 }));
		await expect(fetchSession()).rejects.toMatchObject({ code: 'offline' });
		const api = connect({ person_id: BUOI });
		answers.push(
			() => undefined,
			() => new Response('<html>Welcome</html>', { status: 200 })
		);
		await expect(api.rpc('me', {})).rejects.toMatchObject({ code: 'offline' });
	});
});

describe('a session', () => {
	test('that has ended is ended, also when it had ended before', async () => {
		answers.push(() => new Response(null, { status: 204 }));
		await endSession();
		answers.push(() => refuse(401));
		await endSession();
		expect(asked.map((one) => one.path)).toEqual(['/api/sign-out', '/api/sign-out']);
	});

	test('is named by its tokens', () => {
		const payload = Buffer.from('{"sid":"phiên ?>"}').toString('base64url');
		expect(sessionIdOf({ token: `e.${payload}.s` })).toBe(
			Buffer.from('phiên ?>').toString('latin1')
		);
		expect(sessionIdOf({ token: 'nonsense' })).toBe('');
	});
});

/** The network: the next answer that was laid out, or one that works. */
async function line(input: string | URL, init: RequestInit = {}): Promise<Response> {
	const headers = new Headers(init.headers);
	const path = new URL(String(input), 'http://phone.test').pathname;
	const body: unknown = init.body ? JSON.parse(String(init.body)) : null;
	const one = {
		path,
		token: headers.get('authorization'),
		profile: headers.get('content-profile'),
		body
	};
	asked.push(one);
	const laid_out = await answers.shift()?.(one);
	if (laid_out) return laid_out;
	return path === '/api/session' ? session() : Response.json({});
}

/** The server's clock is right, whatever the phone's says. */
function session(): Response {
	tokens += 1;
	const now = Date.parse('2026-11-02T02:00:00Z');
	const body = {
		person_id: signed_in,
		name: 'Trần Thị Bưởi',
		demo: false,
		token: `token ${tokens}`,
		expires_at: now + 10 * 60_000,
		api: { url: 'http://phone.test', key: 'public' }
	};
	return Response.json(body, { headers: { date: new Date(now).toUTCString() } });
}

function refuse(status: number, body: object = {}, headers: Record<string, string> = {}): Response {
	return Response.json(body, { status, headers });
}
