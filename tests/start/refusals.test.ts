import { createServer, type AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { nodeRefusal } from '../../src/run/node_version.js';
import { refuseTakenPort } from '../../src/run/port.js';

describe('npm start', () => {
	it.each(['20.19.0', '20.20.2', '22.12.0', '24.1.0', '26.0.0'])('accepts Node %s', (version) => {
		expect(nodeRefusal(version)).toBeNull();
	});

	it.each(['16.20.0', '18.20.4', '20.18.3', '21.7.3', '22.11.0'])(
		'refuses Node %s in one sentence that names it',
		(version) => {
			expect(nodeRefusal(version)).toContain(`this is Node ${version}.`);
		}
	);

	it('says which port is taken and what to do', async () => {
		const other = createServer();
		await new Promise<void>((resolve) => other.listen(0, resolve));
		const { port } = other.address() as AddressInfo;
		await expect(refuseTakenPort(String(port))).rejects.toThrow(
			`Port ${port} is taken by another program. Stop it, or choose another port: PORT=${port + 1} npm start`
		);
		await new Promise((resolve) => other.close(resolve));
		await expect(refuseTakenPort(String(port))).resolves.toBeUndefined();
	});

	it('does not take a word for a port', async () => {
		await expect(refuseTakenPort('http')).rejects.toThrow('PORT must be a whole number');
	});
});
