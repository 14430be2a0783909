import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

interface Package {
	version?: string;
	resolved?: string;
	integrity?: string;
	optionalDependencies?: Record<string, string>;
}

const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const manifest: Record<string, Record<string, string>> = read('package.json');

// The packages that the phone's store is measured beside have a lock file of their own.
const locks = ['package-lock.json', 'tests/bench/peers/package-lock.json'];

describe.each(locks)('the lock file %s', (lock) => {
	const packages: Record<string, Package> = read(lock).packages;

	it('sends nobody to another host than the public registry', () => {
		const hosts = Object.values(packages)
			.flatMap(({ resolved }) => (resolved ? [new URL(resolved).host] : []))
			.filter((host) => host !== 'registry.npmjs.org');
		expect(hosts).toEqual([]);
	});

	it('knows the sum of every package it installs', () => {
		const bare = Object.entries(packages).filter(([place, { integrity }]) => place && !integrity);
		expect(bare).toEqual([]);
	});

	// A release whose platform packages were not all published yet makes `npm ci` refuse the file.
	it('names the binaries of every platform, so that npm ci works on each', () => {
		const missing = Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
			Object.keys(optionalDependencies).filter(
				(name) => !packages[`${place}/node_modules/${name}`] && !packages[`node_modules/${name}`]
			)
		);
		expect(missing).toEqual([]);
	});
});

describe('the manifest', () => {
	it('takes every package from the registry, by version', () => {
		const wishes = { ...manifest.dependencies, ...manifest.devDependencies };
		const elsewhere = Object.entries(wishes).filter(([, wish]) => !/^[~^]?\d/.test(wish));
		expect(elsewhere).toEqual([]);
	});

	it('pins lucia, which gets no more releases', () => {
		expect(manifest.dependencies?.lucia).toBe('3.2.2');
	});
});
