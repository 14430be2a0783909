// `npm test`: everything that can be checked, on a bare machine with Node.
//
//   npm test                  all of it
//   npm test -- unit browser  only these parts
//
// The last line of standard output is always "N passed, N failed".
import { build } from '../src/run/build.js';
import { install } from '../src/run/install.js';
import { nodeRefusal } from '../src/run/node_version.js';
import { finalLine, sum } from './support/counts.js';
import { checks, playwright, probe, simulation, vitest } from './support/runners.js';

/** @typedef {import('./support/counts.js').Counts} Counts */

const parts = {
	check: checks,
	unit: () => vitest('unit'),
	database: () => vitest('database'),
	probe,
	simulate: simulation,
	browser: playwright
};

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in parts));
const refusal =
	nodeRefusal(process.versions.node) ??
	(unknown.length > 0 ? `No part is named ${unknown}; there are ${Object.keys(parts)}.` : null);

const total = refusal ? failure(refusal) : await test();
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
process.stdout.write(finalLine(total));

/** @returns {Promise<Counts>} */
async function test() {
	const installed = await attempt(() => install({ show: true }));
	if (installed.failed) return installed;
	// First, because the check reads the messages that the build compiles.
	const counts = [await attempt(() => build({ show: true }))];
	for (const [name, part] of Object.entries(parts)) {
		if (asked.length === 0 || asked.includes(name)) counts.push(await attempt(part));
	}
	return sum(counts);
}

/**
 * What stops a part also kept its tests from being run, and counts as one that failed. The other
 * parts go on.
 * @param {() => Promise<Counts | void>} part
 * @returns {Promise<Counts>}
 */
async function attempt(part) {
	try {
		return (await part()) ?? { passed: 0, failed: 0 };
	} catch (error) {
		return failure(error instanceof Error ? error.message : String(error));
	}
}

/**
 * @param {string} sentence
 * @returns {Counts}
 */
function failure(sentence) {
	process.stderr.write(`${sentence}\n`);
	return { passed: 0, failed: 1 };
}
