import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fingerprint } from './fingerprint.js';
import { root, runNpm } from './step.js';

/** What the build is made of. */
const sources = [
	'src',
	'static',
	'supabase',
	'package-lock.json',
	'svelte.config.js',
	'vite.config.ts'
];

/**
 * Builds the product, unless the build in `build/` is of these very sources.
 * @param {{ show?: boolean, into?: string }} [options] show Vite's own output
 * @throws {import('./step.js').StepFailed}
 */
export async function build({ show = false } = {}) {
	const now = fingerprint(root, sources);
	if (isBuilt(root, now)) return;
	process.stdout.write('Building …\n');
	await runNpm(['run', 'build'], { show, failed: 'The build failed.' });
	// Last, and inside build/, which every build empties: a build cut short leaves no stamp.
	writeFileSync(stampOf(root), now);
}

/**
 * @param {string} folder the checkout
 * @param {string} now fingerprint of its sources
 */
export function isBuilt(folder, now) {
	return existsSync(stampOf(folder)) && readFileSync(stampOf(folder), 'utf8') === now;
}

/** @param {string} folder */
const stampOf = (folder) => path.join(folder, 'build', '.sources');
