import { createServer, type RequestListener, type Server } from 'node:http';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readConfig, type Config } from '../lib/server/config';
import { StartError } from '../lib/server/start-error';
import { dress, headersFor } from './headers';

const ROLES = {
	member: 'Tình nguyện viên · volunteer',
	leader: 'Tổ trưởng · team leader',
	ward_officer: 'Cán bộ phường · ward officer',
	area_coordinator: 'Điều phối viên · coordinator',
	city_office: 'Văn phòng thành phố · city office',
	administrator: 'Quản trị · administrator'
};

/** Serves the built app until it is told to stop; then the database is closed before the process ends. */
async function serve() {
	const config = readConfig(process.env);
	// Read by the adapter when its module is loaded. The limit is the gateway's to enforce and to word.
	process.env.ORIGIN = config.origin;
	process.env.BODY_SIZE_LIMIT = '2M';

	const port = Number(process.env.PORT ?? 3000);
	const headers = headersFor(config);
	let handler: RequestListener = (_, response) =>
		response.writeHead(503, { 'retry-after': '2', 'cache-control': 'no-store' }).end();
	const server = createServer((request, response) => {
		dress(response, headers);
		// An address that cannot be read is no page; and no phone could open one under it.
		if (!isReadable(request.url)) response.writeHead(302, { location: '/not-found' }).end();
		else handler(request, response);
	});
	// The port first: a second start must fail before it touches the data.
	await listen(server, port);
	handler = await openHandler();
	const demo = await isDemo(port);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop(server));
	process.stdout.write(welcome(config, demo));
}

function isReadable(address = ''): boolean {
	try {
		decodeURI(address.split('?', 1)[0] ?? '');
		return true;
	} catch {
		return false;
	}
}

function listen(server: Server, port: number): Promise<void> {
	// A slow sender may not hold a connection for long.
	server.headersTimeout = 15_000;
	server.requestTimeout = 60_000;
	return new Promise((done, fail) => {
		server.once('error', (error: NodeJS.ErrnoException) =>
			fail(
				new StartError(
					error.code === 'EADDRINUSE'
						? `Port ${port} is taken. Stop what uses it, or choose another: PORT=${port + 1} npm start`
						: `Port ${port} cannot be opened: ${error.message}`
				)
			)
		);
		server.listen(port, process.env.HOST, done);
	});
}

async function openHandler(): Promise<RequestListener> {
	const file = pathToFileURL(resolve('build/handler.js')).href;
	return ((await import(file)) as { handler: RequestListener }).handler;
}

async function isDemo(port: number): Promise<boolean> {
	const host = process.env.HOST ?? 'localhost';
	const answer = await fetch(
		`http://${host.includes(':') ? `[${host}]` : host}:${port}/api/health`
	);
	return ((await answer.json()) as { demo?: boolean }).demo === true;
}

function welcome(config: Config, demo: boolean): string {
	const links = Object.entries(ROLES).map(
		([role, words]) => `  ${words.padEnd(34)} ${config.origin}/demo/${role}`
	);
	return [
		`Từng Nhà: ${config.origin}`,
		...(demo ? ['', 'Thành phố mẫu, mọi người và số liệu đều là bịa. Sign in as:', ...links] : []),
		'',
		'Ctrl-C để dừng · Ctrl-C stops.',
		''
	].join('\n');
}

function stop(server: Server) {
	server.close();
	server.closeIdleConnections();
	// hooks.server.ts hears this and closes the database; the process ends when nothing is left open.
	process.emit('sveltekit:shutdown' as 'exit', 0);
	// A call may take 8 s; whoever still talks after that is cut off.
	setTimeout(() => server.closeAllConnections(), 9000).unref();
	setTimeout(() => process.exit(1), 15_000).unref();
}

await serve().catch((error: Error) => {
	const known = error.name === 'StartError';
	process.stderr.write(
		known ? `${error.message}\n` : `The server could not start.\n${error.stack}\n`
	);
	process.exit(1);
});
