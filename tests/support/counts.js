import { readFileSync } from 'node:fs';

/**
 * What a runner found. A skipped test counts as failed: nobody may take it for checked.
 * @typedef {{ passed: number, failed: number }} Counts
 */

/**
 * @param {Counts[]} counts
 * @returns {Counts}
 */
export function sum(counts) {
	return counts.reduce(
		(total, { passed, failed }) => ({
			passed: total.passed + passed,
			failed: total.failed + failed
		}),
		{ passed: 0, failed: 0 }
	);
}

/** @param {Counts} counts */
export const finalLine = ({ passed, failed }) => `${passed} passed, ${failed} failed\n`;

/**
 * Reads a runner's report, and believes its exit code where the two differ: a runner that failed
 * without naming a test (it crashed, a file could not be loaded, nothing was found) failed once.
 * @template Report
 * @param {string} file the report, JSON
 * @param {number} exitCode
 * @param {(report: Report) => Counts} read
 * @returns {Counts}
 */
export function countReport(file, exitCode, read) {
	/** @type {Counts} */
	let counts = { passed: 0, failed: 0 };
	try {
		counts = read(JSON.parse(readFileSync(file, 'utf8')));
	} catch {
		return { passed: 0, failed: 1 }; // no report was written
	}
	const nothing = counts.passed + counts.failed === 0;
	return (exitCode !== 0 && counts.failed === 0) || nothing ? { ...counts, failed: 1 } : counts;
}

/**
 * @typedef {{ status: string, message?: string, assertionResults: unknown[] }} VitestFile
 * @param {{ numPassedTests: number, numTotalTests: number, testResults: VitestFile[] }} report
 * @returns {Counts}
 */
export function readVitest({ numPassedTests, numTotalTests, testResults }) {
	// A file that could not be loaded holds no tests, so it is in none of vitest's numbers.
	const broken = testResults.filter(
		(file) => file.status === 'failed' && file.assertionResults.length === 0
	);
	return { passed: numPassedTests, failed: numTotalTests - numPassedTests + broken.length };
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number, skipped: number }, errors: unknown[] }} report
 * @returns {Counts}
 */
export function readPlaywright({ stats, errors }) {
	return {
		passed: stats.expected,
		failed: stats.unexpected + stats.flaky + stats.skipped + errors.length
	};
}
