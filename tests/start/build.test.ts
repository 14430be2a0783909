import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isBuilt } from '../../src/run/build.js';
import { fingerprint } from '../../src/run/fingerprint.js';

let root: string;
const write = (name: string, text: string) => {
	mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
	writeFileSync(path.join(root, name), text);
};
const now = () => fingerprint(root, ['src', 'vite.config.ts']);

beforeEach(() => {
	root = mkdtempSync(path.join(tmpdir(), 'tung-nha-build-'));
	write('src/app.html', '<html>');
	write('src/lib/deep/a.ts', 'a');
	write('vite.config.ts', 'config');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('a build is stale', () => {
	it.each([
		['a file changes, though not in length', () => write('src/lib/deep/a.ts', 'b')],
		['a file is added', () => write('src/lib/deep/empty.ts', '')],
		['a file is removed', () => rmSync(path.join(root, 'src/app.html'))],
		['a configuration changes', () => write('vite.config.ts', 'other')],
		[
			'a file is renamed',
			() => {
				rmSync(path.join(root, 'src/lib/deep/a.ts'));
				write('src/lib/deep/b.ts', 'a');
			}
		]
	])('when %s', (_, change) => {
		const before = now();
		change();
		expect(now()).not.toBe(before);
	});

	it('when there is none, or one that was cut short', () => {
		expect(isBuilt(root, now())).toBe(false);
		write('build/handler.js', '');
		expect(isBuilt(root, now())).toBe(false);
	});
});

describe('a build is fresh', () => {
	it('while its sources are what they were', () => {
		write('build/.sources', now());
		expect(isBuilt(root, now())).toBe(true);
	});

	it('after a checkout that changed only times', () => {
		const before = now();
		utimesSync(path.join(root, 'src/app.html'), 1, 1);
		expect(now()).toBe(before);
	});

	it('after the build wrote its own messages, and what stands beside them', () => {
		const before = now();
		write('src/lib/i18n/paraglide/messages.js', 'generated');
		write('src/lib/i18n/project.inlang/README.md', 'generated');
		write('src/lib/i18n/project.inlang/.meta.json', '{}');
		write('src/lib/i18n/project.inlang/.gitignore', '*');
		expect(now()).toBe(before);
	});
});
