import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import type { Api } from '../../../src/lib/data/api';
import { ApiError } from '../../../src/lib/data/problem';
import type { Database } from '../../../src/lib/server/database/database';
import { openGateway, type Gateway } from '../../../src/lib/server/gateway/gateway';
import { mintToken } from '../../../src/lib/server/token/mint';
import { testKeys } from '../../support/gateways';
import type { BrowserTab } from './tab';

const PAGE =
	'<!doctype html><title>Từng Nhà</title><script type="module" src="/assets/page.js"></script>';

/** An answer of the gateway that the line passes on as it is. */
class Refused extends Error {
	constructor(readonly response: Response) {
		super(String(response.status));
	}
}

/**
 * The server as the pages see it: themselves, the session and the gateway. What a tab asks goes over
 * its line first, which may cut the connection before or after the gateway has done its work.
 */
export async function serve(database: Database, files: Map<string, string>) {
	const keys = await testKeys();
	const gateway = await openGateway(database, keys, pino({ level: 'silent' }));
	const tabs = new Map<string, BrowserTab>();
	const server = createServer((request, response) => {
		answer(request, response).catch(() => response.destroy());
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		// On a used connection that breaks, a browser asks again by itself, and we could not count.
		response.setHeader('connection', 'close');
		const path = request.url ?? '/';
		const file = files.get(path);
		if (file) return say(response, 200, file, 'text/javascript', 'public, immutable, max-age=9999');
		if (path === '/bare') return say(response, 200, '<!doctype html>', 'text/html');
		if (path.startsWith('/tab/')) return say(response, 200, PAGE, 'text/html; charset=utf-8');
		const tab = tabs.get(/\/tab\/\d+$/.exec(request.headers.referer ?? '')?.[0] ?? '');
		if (!tab) return say(response, 404, '{}');
		if (path === '/api/session') return session(tab, request, response);
		const name = path.split('/').at(-1) ?? '';
		tab.asks = async (body) => {
			const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
			const encoding = request.headers['content-encoding'];
			return asked(gateway, name, body, {
				authorization,
				'content-type': type,
				...(encoding ? { 'content-encoding': encoding } : {})
			});
		};
		await overLine(tab, name, await bodyOf(request), response);
	}

	async function session(tab: BrowserTab, request: IncomingMessage, response: ServerResponse) {
		const person_id = tab.place.phone.session;
		if (!person_id) return say(response, 401, '{"code":"signed_out"}');
		const bearer = { role: 'authenticated', sub: person_id, sid: person_id } as const;
		const minted = await mintToken(keys, bearer);
		const api = { url: `http://${request.headers.host}`, key: 'own' };
		say(response, 200, JSON.stringify({ person_id, name: '', demo: true, ...minted, api }));
	}

	return {
		port,
		tabs,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
		}
	};
}

/** The body is carried as it came, one character a byte. */
async function overLine(tab: BrowserTab, name: string, body: string, response: ServerResponse) {
	try {
		const answer = await tab.line.rpc(name as 'push', body as never);
		say(response, 200, JSON.stringify(answer));
		await tab.answered();
	} catch (error) {
		if (error instanceof Refused)
			return say(response, error.response.status, await error.response.text());
		if (!(error instanceof ApiError)) throw error;
		// No answer, or none in time: the connection breaks.
		if (error.status === 0 || error.status === 408) return void response.destroy();
		if (error.retryAfter !== null) response.setHeader('retry-after', String(error.retryAfter));
		say(response, error.status, JSON.stringify({ code: error.code }));
	}
}

async function asked(
	gateway: Gateway,
	name: string,
	body: string,
	headers: Record<string, string>
): Promise<unknown> {
	const url = `http://test/rest/v1/rpc/${name}`;
	const bytes = Buffer.from(body, 'latin1');
	const response = await gateway.answer(
		name,
		new Request(url, { method: 'POST', body: bytes, headers })
	);
	if (!response.ok) throw new Refused(response);
	return response.json();
}

/** The way of a tab to the gateway, behind its line. */
export function wayOf(tab: () => BrowserTab): Api {
	return {
		get person_id() {
			return tab().place.person_id;
		},
		rpc: async (_name, body) => (await tab().asks(body as never)) as never
	};
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('latin1');
}

function say(
	response: ServerResponse,
	status: number,
	body: string,
	type = 'application/json',
	caching = 'no-store'
): void {
	if (!response.headersSent)
		response.writeHead(status, { 'content-type': type, 'cache-control': caching });
	response.end(body);
}
