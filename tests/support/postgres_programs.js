import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { StepFailed } from '../../src/run/step.js';
import { aptInstall, onPath } from './apt.js';

/** Where Debian and its children put each release. */
const DEBIAN = '/usr/lib/postgresql';

/**
 * Finds the folder with PostgreSQL's server programs: PG_BIN, Debian's newest, or beside the
 * `initdb` on PATH.
 * @returns {string | undefined}
 */
export function findPostgres() {
	const onPathInitdb = onPath('initdb');
	return [
		process.env.PG_BIN,
		...debianReleases().map((release) => path.join(DEBIAN, String(release), 'bin')),
		onPathInitdb && path.dirname(realpathSync(onPathInitdb))
	].find((folder) => folder && existsSync(path.join(folder, 'initdb')));
}

/** @returns {number[]} newest first; the product needs 15 */
function debianReleases() {
	if (!existsSync(DEBIAN)) return [];
	return readdirSync(DEBIAN)
		.map(Number)
		.filter((release) => release >= 15)
		.sort((a, b) => b - a);
}

/**
 * Finds PostgreSQL, or installs it. The cluster that Debian then sets up on its own is not used.
 * @returns {Promise<string>} folder of its programs
 * @throws {StepFailed}
 */
export async function ensurePostgres() {
	const found = findPostgres();
	if (found) return found;
	aptInstall('postgresql');
	const installed = findPostgres();
	if (installed) return installed;
	throw new StepFailed(
		'The database tests need PostgreSQL 15 or newer: install it (apt-get install postgresql), or name the folder of its programs in PG_BIN.'
	);
}
