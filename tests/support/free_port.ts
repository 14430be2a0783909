import { createServer, type AddressInfo } from 'node:net';

/** A port of 127.0.0.1 that nobody listens on, chosen by the system. */
export function freePort() {
	return new Promise<number>((resolve, reject) => {
		const server = createServer();
		server.once('error', reject);
		server.listen(0, '127.0.0.1', () => {
			const { port } = server.address() as AddressInfo;
			server.close(() => resolve(port));
		});
	});
}
