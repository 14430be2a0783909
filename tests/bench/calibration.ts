import { createHash } from 'node:crypto';
import { plain, type Line } from './line';

/** How fast this machine is right now: a fixed piece of work, so that two runs can be told apart. */
export async function calibration(): Promise<Line[]> {
	const began = performance.now();
	const hash = createHash('sha256');
	for (let i = 0; i < 200_000; i++) hash.update(String(i));
	hash.digest();
	return [plain('calibration.sha256_200k', performance.now() - began, 'ms')];
}
