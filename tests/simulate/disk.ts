import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';

/**
 * What a phone keeps when its battery is taken out: its databases, those that lie elsewhere, in a
 * bucket, and the channel between its tabs.
 */
export type Disk = { factory: IDBFactory; bucket: IDBFactory; Channel: typeof BroadcastChannel };

export function newDisk(): Disk {
	return { factory: new IDBFactory(), bucket: new IDBFactory(), Channel: channelOf(new Set()) };
}

/** What is opened next is opened on this disk. */
export function insert({ factory, bucket, Channel }: Disk): void {
	globalThis.indexedDB = factory as unknown as IDBFactory & typeof globalThis.indexedDB;
	globalThis.BroadcastChannel = Channel;
	const storageBuckets = { open: async () => ({ indexedDB: bucket }) };
	Object.defineProperty(globalThis, 'navigator', {
		value: { storageBuckets },
		configurable: true
	});
}

/** The browser finds its databases damaged and throws them away; nobody has the application open. */
export function lose(disk: Disk): void {
	disk.factory = new IDBFactory();
}

let left: number | null = null;

/** The disk is full at the n-th write from now, counted from 0; null: there is room again. */
export function fullAt(n: number | null): void {
	left = n;
}

/** What stands behind the standard's names in fake-indexeddb. */
type Store = { transaction: { _execRequestAsync(request: object): unknown } };
type Method = (this: Store, ...args: unknown[]) => unknown;

function noRoom(): never {
	throw new DOMException('no room', 'QuotaExceededError');
}

// Browsers let a transaction through that only deletes, so deleting is never what finds no room.
for (const method of ['add', 'put'] as const) {
	const store = IDBObjectStore.prototype as unknown as Record<string, Method>;
	const writes = store[method] as Method;
	Object.assign(store, {
		[method](this: Store, ...args: unknown[]) {
			if (left === null || left-- > 0) return writes.apply(this, args);
			return this.transaction._execRequestAsync({ operation: noRoom, source: this });
		}
	});
}

// What is stored is plain data, sealed bytes or a key, for which a copy can be cheap.
function copied<T>(value: T): T {
	if (value === null || typeof value !== 'object' || value instanceof CryptoKey) return value;
	if (ArrayBuffer.isView(value)) return (value as unknown as Uint8Array).slice() as T;
	if (Array.isArray(value)) return value.map(copied) as T;
	const copy: Record<string, unknown> = {};
	for (const key of Object.keys(value)) copy[key] = copied((value as Record<string, unknown>)[key]);
	return copy as T;
}
globalThis.structuredClone = copied;

/** The tabs of one phone hear each other, and no other phone. */
function channelOf(open: Set<EventTarget & { name: string }>): typeof BroadcastChannel {
	class Channel extends EventTarget {
		constructor(readonly name: string) {
			super();
			open.add(this);
		}
		postMessage() {
			const others = [...open].filter((one) => one !== this && one.name === this.name);
			for (const one of others) one.dispatchEvent(new Event('message'));
		}
		close() {
			open.delete(this);
		}
	}
	return Channel as never;
}
