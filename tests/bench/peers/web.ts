import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { compressed } from '../../../src/lib/server/compressed';
import type { Files } from './bundles';
import type { City } from './city';
import type { Couch } from './couch';

/** A call of the API that was answered, what the answer weighed and how long it took (ms). */
export type Call = { name: string; bytes: number; ms: number };

export type Web = Awaited<ReturnType<typeof openWeb>>;

/**
 * What the browser talks to: each store at an address of its own, so that each has a database file
 * and a process of its own; and behind each address the same servers.
 */
export async function openWeb(stores: Map<string, Files>, couch: Couch) {
	const cities = new Map<string, City>();
	const answers = new Map<string, string>();
	const calls: Call[] = [];

	const server = createServer((request, response) => {
		serve(request, response).catch((error: unknown) => {
			process.stderr.write(`${String(error)}\n`);
			response.writeHead(500).end();
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;

	async function serve(request: IncomingMessage, response: ServerResponse) {
		const { pathname } = new URL(request.url ?? '/', 'http://localhost');
		const [, first = '', ...rest] = pathname.split('/');
		const city = cities.get(first);
		if (first === 'couch') {
			request.url = request.url?.slice('/couch'.length);
			couch.answer(request, response);
		} else if (city) await call(city, rest.at(-1) ?? '', request, response);
		else if (first === 'answers') send(response, 'application/json', answers.get(rest[0] ?? ''));
		else if (first === '')
			send(response, 'text/html', '<script type="module" src="/index.js"></script>');
		else {
			const store = (request.headers.host ?? '').split('.')[0]?.replace('-', '_') ?? '';
			send(response, 'text/javascript', stores.get(store)?.get(first));
		}
	}

	/** As the product's route answers it. */
	async function call(city: City, name: string, request: IncomingMessage, to: ServerResponse) {
		const chunks: Buffer[] = [];
		for await (const chunk of request) chunks.push(chunk as Buffer);
		const headers = new Headers(request.headers as Record<string, string>);
		const body = Buffer.concat(chunks);
		const began = performance.now();
		const asked = new Request('http://localhost/', { method: 'POST', headers, body });
		const answer = await compressed(asked, await city.gateway.answer(name, asked));
		const bytes = Buffer.from(await answer.arrayBuffer());
		calls.push({ name, bytes: bytes.byteLength, ms: performance.now() - began });
		to.writeHead(answer.status, Object.fromEntries(answer.headers)).end(bytes);
	}

	return {
		address: (store: string) => `http://${store.replace('_', '-')}.localhost:${port}`,
		cities,
		answers,
		/** What was asked of the API since the last time. */
		calls: () => calls.splice(0),
		close: () => new Promise((resolve) => server.close(resolve).closeAllConnections())
	};
}

function send(response: ServerResponse, type: string, body: string | undefined) {
	response.writeHead(body === undefined ? 404 : 200, { 'content-type': `${type}; charset=utf-8` });
	response.end(body);
}
