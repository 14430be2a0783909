import type { Api } from '../data/api';
import type { DeviceReport } from '../data/functions';
import type { Device } from '../device/device';

/** Time and chance, so that a test can turn the hands of the clock. */
export type Clock = {
	now(): number;
	/** From 0 up to 1. */
	random(): number;
	setTimeout(run: () => void, ms: number): unknown;
	clearTimeout(timer: unknown): void;
};

/** One holder at a time across all tabs of a browser. */
export type Locks = { request(name: string, work: () => Promise<void>): Promise<void> };

/** What sending and receiving touch; everything else is the same in a test and in a browser. */
export type Ports = {
	api: Api;
	device: Pick<
		Device,
		| 'person_id'
		| 'waiting'
		| 'returned'
		| 'outbox'
		| 'settle'
		| 'cursors'
		| 'ingest'
		| 'meta'
		| 'keepMeta'
	>;
	clock: Clock;
	/** Null where the browser has none: then two tabs may both send, which is only wasteful. */
	locks: Locks | null;
	/** What this phone says of itself; the device adds what waits. */
	about(): Pick<DeviceReport, 'device_id' | 'app_version' | 'storage_persisted'>;
};

export const browserClock: Clock = {
	now: () => Date.now(),
	random: () => Math.random(),
	setTimeout: (run, ms) => setTimeout(run, ms),
	clearTimeout: (timer) => clearTimeout(timer as ReturnType<typeof setTimeout>)
};

/** The browser's locks; null on plain http, where browsers do not offer them. */
export function browserLocks(): Locks | null {
	if (!('locks' in navigator)) return null;
	const { locks } = navigator;
	return { request: async (name, work) => void (await locks.request(name, work)) };
}
