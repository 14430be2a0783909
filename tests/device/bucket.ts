import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach } from 'vitest';

let inside = new IDBFactory();

/** The databases that lie in the bucket. */
export const inBucket = () => inside;

/** Gives each test a browser with a bucket beside its databases; what lies in it outlives them. */
export function withBucket(): void {
	beforeEach(() => {
		inside = new IDBFactory();
		wearBucket({ open: async () => ({ indexedDB: inside }) });
	});
	afterEach(() => wearBucket(undefined));
}

/** What the browser offers for buckets; undefined: nothing. */
export function wearBucket(storageBuckets: object | undefined): void {
	Object.defineProperty(globalThis, 'navigator', {
		value: { ...globalThis.navigator, storageBuckets },
		configurable: true
	});
}

/** What Chromium does when it finds its folder of databases damaged. */
export function loseDatabases(): void {
	globalThis.indexedDB = new IDBFactory();
}
