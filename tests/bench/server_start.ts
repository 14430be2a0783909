import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../src/run/step.js';
import { startServer } from '../support/server';
import { within, plain, type Line } from './line';

/** From no data to a served demo city, and from its data to served again; the build is there in both. */
export async function serverStart(): Promise<Line[]> {
	const dataDir = mkdtempSync(join(tmpdir(), 'tung-nha-bench-'));
	const env = { ...process.env, DATA_DIR: dataDir };
	const prepared = await timed(() =>
		run(process.execPath, ['--import', 'tsx', 'src/run/prepare.ts'], {
			env,
			failed: 'not prepared'
		})
	);
	let server = await startServer({ dataDir });
	await server.stop();
	const warm = await timed(async () => {
		server = await startServer({ dataDir });
	});
	await server.stop();
	rmSync(dataDir, { recursive: true });
	return [
		within('start.demo_city', prepared, 'ms', 10_000),
		plain('start.cold', prepared + warm, 'ms'),
		within('start.warm', warm, 'ms', 5000)
	];
}

async function timed(work: () => Promise<unknown>): Promise<number> {
	const began = performance.now();
	await work();
	return performance.now() - began;
}
