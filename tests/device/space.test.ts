import { expect, test } from 'vitest';
import { isLow, leftOf, spaceOf } from '../../src/lib/device/space';

const MB = 1024 * 1024;

test('memory is low under 50 MB left or over 90 % taken', () => {
	expect(isLow({ used: 0, quota: 50 * MB })).toBe(false);
	expect(isLow({ used: 1, quota: 50 * MB })).toBe(true);
	expect(isLow({ used: 900 * MB, quota: 1000 * MB })).toBe(false);
	expect(isLow({ used: 901 * MB, quota: 1000 * MB })).toBe(true);
	expect(isLow({ used: 2 * MB, quota: 60_000 * MB })).toBe(false);
});

test('more taken than allowed leaves nothing, not less than nothing', () => {
	expect(leftOf({ used: 3, quota: 2 })).toBe(0);
});

test('a browser that does not say how full it is raises no alarm', async () => {
	expect(await spaceOf({ estimate: async () => ({ usage: 1, quota: 2 }) })).toEqual({
		used: 1,
		quota: 2
	});
	expect(await spaceOf({ estimate: async () => ({}) })).toBeNull();
	expect(await spaceOf({ estimate: async () => ({ usage: 0, quota: 0 }) })).toBeNull();
	expect(await spaceOf({ estimate: () => Promise.reject(new TypeError()) })).toBeNull();
	expect(await spaceOf(undefined)).toBeNull();
});
