import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root, runNpm } from './step.js';

/**
 * Installs what package-lock.json names, unless it is installed already.
 * @param {{ show?: boolean }} [options] show npm's own output
 * @throws {import('./step.js').StepFailed}
 */
export async function install({ show = false } = {}) {
	if (isInstalled(lock('package-lock.json'), lock('node_modules/.package-lock.json'))) return;
	process.stdout.write('Installing packages (once; a minute or two) …\n');
	// Building needs the development packages, which NODE_ENV=production would leave out.
	await runNpm(['ci', '--include=dev', '--no-audit', '--no-fund'], {
		show,
		failed: 'The packages could not be installed.'
	});
}

/**
 * @typedef {{ version?: string, optional?: boolean, devOptional?: boolean, os?: string[], cpu?: string[] }} Package
 * @typedef {{ packages: Record<string, Package> }} Lock
 */

/**
 * Says whether node_modules holds what the lock file names. It compares the two lists and no times:
 * a checkout sets new times, and npm writes the two files in either order.
 * @param {Lock | null} wanted package-lock.json
 * @param {Lock | null} found node_modules/.package-lock.json, npm's list of what it installed
 * @param {{ platform: string, arch: string }} machine
 */
export function isInstalled(wanted, found, machine = process) {
	if (!wanted || !found) return false;
	const complete = Object.entries(wanted.packages).every(([place, { version, ...wish }]) => {
		if (place === '') return true;
		const has = found.packages[place];
		return has ? has.version === version : wish.optional || wish.devOptional;
	});
	// A node_modules copied from another kind of machine has all names and the wrong binaries.
	const alien = Object.values(found.packages).some(
		({ os = [], cpu = [] }) => excludes(os, machine.platform) || excludes(cpu, machine.arch)
	);
	return complete && !alien;
}

/**
 * @param {string[]} allowed names, or names with '!' before them that are shut out
 * @param {string} name
 */
function excludes(allowed, name) {
	const shutOut = allowed.filter((entry) => entry.startsWith('!'));
	if (shutOut.includes(`!${name}`)) return true;
	return allowed.length > shutOut.length && !allowed.includes(name) && !allowed.includes('any');
}

/**
 * @param {string} file
 * @returns {Lock | null}
 */
function lock(file) {
	try {
		return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
	} catch {
		return null; // missing, or cut off by a broken install: both mean "install"
	}
}
