import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { countReport, finalLine, readPlaywright, readVitest, sum } from './counts.js';

const folder = mkdtempSync(path.join(tmpdir(), 'tung-nha-counts-'));
afterAll(() => rmSync(folder, { recursive: true }));

function report(content: unknown) {
	const file = path.join(folder, 'report.json');
	writeFileSync(file, JSON.stringify(content));
	return file;
}

const file = (status: string, tests: number) => ({
	status,
	assertionResults: Array(tests).fill({})
});
const vitest = (numPassedTests: number, numTotalTests: number, ...testResults: unknown[]) =>
	report({ numPassedTests, numTotalTests, testResults });
const playwright = (stats: object, errors: unknown[] = []) =>
	report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 0, ...stats }, errors });

describe('vitest', () => {
	it('passes what passed', () => {
		expect(countReport(vitest(7, 7, file('passed', 7)), 0, readVitest)).toEqual({
			passed: 7,
			failed: 0
		});
	});

	it('fails what failed and what was skipped', () => {
		expect(countReport(vitest(5, 8, file('failed', 8)), 1, readVitest)).toEqual({
			passed: 5,
			failed: 3
		});
	});

	it('fails once for a file that could not be loaded', () => {
		const loaded = vitest(5, 5, file('passed', 5), file('failed', 0));
		expect(countReport(loaded, 1, readVitest)).toEqual({ passed: 5, failed: 1 });
	});
});

describe('playwright', () => {
	it('fails what failed, was skipped, or passed only at the second try', () => {
		const stats = { expected: 4, unexpected: 1, flaky: 1, skipped: 1 };
		expect(countReport(playwright(stats), 1, readPlaywright)).toEqual({ passed: 4, failed: 3 });
	});

	it('fails for an error outside of all tests', () => {
		const broken = playwright({ expected: 4 }, [{ message: 'the setup broke' }]);
		expect(countReport(broken, 1, readPlaywright)).toEqual({ passed: 4, failed: 1 });
	});
});

describe('any runner', () => {
	it('fails when it crashed and left no report', () => {
		const missing = path.join(folder, 'missing.json');
		expect(countReport(missing, 0, readVitest)).toEqual({ passed: 0, failed: 1 });
	});

	it('fails when it ended badly without naming a test', () => {
		expect(countReport(vitest(7, 7, file('passed', 7)), 1, readVitest).failed).toBe(1);
	});

	it('fails when it found nothing to run', () => {
		expect(countReport(vitest(0, 0), 0, readVitest)).toEqual({ passed: 0, failed: 1 });
	});
});

it('the run ends with one line that adds everything up', () => {
	const total = sum([
		{ passed: 4, failed: 0 },
		{ passed: 120, failed: 2 }
	]);
	expect(finalLine(total)).toBe('124 passed, 2 failed\n');
});
