import { readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import path from 'node:path';
import { root } from '../../src/run/step.js';
import { freePort } from './free_port';
import { startServer } from './server';

/** What tells a phone of a new version: the worker, and the page that the worker keeps. */
const REWRITTEN = ['/service-worker.js', '/shell'];

export type Deployment = Awaited<ReturnType<typeof startDeployment>>;

/**
 * A production server behind an address where its next versions can be put in its place while
 * phones hold pages of the last one. Each differs from the one before in the version that is
 * written into the worker, and in the attribute `data-version` of the page.
 */
export async function startDeployment() {
	const [outer, inner] = [await freePort(), await freePort()];
	const url = `http://localhost:${outer}`;
	const server = await startServer({ port: inner, env: { ORIGIN: url } });
	const built = builtVersion();
	let name = '';

	const proxy = createServer((incoming, outgoing) => {
		const rewrite = name !== '' && REWRITTEN.includes((incoming.url ?? '').split('?')[0] ?? '');
		// As it is stored: neither compressed nor "not modified".
		const as_is = { 'accept-encoding': 'identity', 'if-none-match': '', 'if-modified-since': '' };
		const headers = { ...incoming.headers, ...(rewrite ? as_is : {}) };
		const { method, url: address } = incoming;
		const onward = request({ port: inner, method, path: address, headers }, (answer) =>
			rewrite ? void sendRewritten(answer, outgoing) : sendOn(answer, outgoing)
		);
		onward.on('error', () => outgoing.destroy());
		incoming.pipe(onward);
	});
	await new Promise<void>((done) => proxy.listen(outer, done));

	async function sendRewritten(answer: IncomingMessage, outgoing: ServerResponse) {
		const text = Buffer.concat(await answer.toArray()).toString('utf8');
		const { 'content-length': _length, etag: _etag, ...headers } = answer.headers;
		outgoing.writeHead(answer.statusCode ?? 502, headers);
		outgoing.end(
			text.replaceAll(built, `${built}-${name}`).replace('<html ', `<html data-version="${name}" `)
		);
	}

	return {
		url,
		/** From now on phones are answered with another version. */
		deploy(version: string) {
			name = version;
		},
		async stop() {
			proxy.closeAllConnections();
			await new Promise((done) => proxy.close(done));
			await server.stop();
		}
	};
}

function sendOn(answer: IncomingMessage, outgoing: ServerResponse) {
	outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
	answer.pipe(outgoing);
}

function builtVersion(): string {
	const file = path.join(root, 'build', 'client', '_app', 'version.json');
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
