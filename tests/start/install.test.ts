import { describe, expect, it } from 'vitest';
import { isInstalled } from '../../src/run/install.js';

const machine = { platform: 'linux', arch: 'x64' };
const wanted = {
	packages: {
		'': {},
		'node_modules/idb': { version: '8.0.4' },
		'node_modules/@x/linux': { version: '1.0.0', optional: true, os: ['linux'], cpu: ['x64'] },
		'node_modules/@x/mac': { version: '1.0.0', optional: true, os: ['darwin'], cpu: ['arm64'] }
	}
};
const { 'node_modules/idb': idb, 'node_modules/@x/linux': linux } = wanted.packages;
const mac = wanted.packages['node_modules/@x/mac'];

describe('packages are installed', () => {
	it('when all that this machine needs are there', () => {
		const found = { packages: { 'node_modules/idb': idb, 'node_modules/@x/linux': linux } };
		expect(isInstalled(wanted, found, machine)).toBe(true);
	});

	it('also with one more that somebody tries out', () => {
		const found = {
			packages: { 'node_modules/idb': idb, 'node_modules/more': { version: '1.0.0' } }
		};
		expect(isInstalled(wanted, found, machine)).toBe(true);
	});
});

describe('packages are not installed', () => {
	it('when there is no node_modules, or half of one', () => {
		expect(isInstalled(wanted, null, machine)).toBe(false);
		expect(isInstalled(wanted, { packages: {} }, machine)).toBe(false);
	});

	it('when a version changed', () => {
		const found = { packages: { 'node_modules/idb': { version: '8.0.3' } } };
		expect(isInstalled(wanted, found, machine)).toBe(false);
	});

	it('when they were copied from another kind of machine', () => {
		const found = { packages: { 'node_modules/idb': idb, 'node_modules/@x/mac': mac } };
		expect(isInstalled(wanted, found, machine)).toBe(false);
	});
});
