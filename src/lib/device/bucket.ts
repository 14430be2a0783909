/** Offered by Chromium since version 122. */
type Buckets = {
	open(name: string, options: { persisted: boolean }): Promise<{ indexedDB: IDBFactory }>;
};

/**
 * A place of this browser with databases of its own. Chromium keeps all databases of an origin in one
 * folder, and when it finds that folder damaged, it throws it away; this one lies elsewhere. Null
 * where the browser has none.
 */
export async function bucket(): Promise<IDBFactory | null> {
	const { storageBuckets } = (globalThis.navigator ?? {}) as { storageBuckets?: Buckets };
	return storageBuckets
		? (await storageBuckets.open('unsent', { persisted: true })).indexedDB
		: null;
}
