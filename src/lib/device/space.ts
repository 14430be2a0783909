/** What the browser lets this app keep, and how much of it is taken (bytes). */
export type Space = { used: number; quota: number };

const LEAST_LEFT = 50 * 1024 * 1024;
const MOST_USED = 0.9;

/**
 * How full it is; null when the browser does not say. Browsers answer roughly, on purpose: it is
 * good for a warning and for nothing finer.
 */
export async function spaceOf(
	storage: Pick<StorageManager, 'estimate'> | undefined = globalThis.navigator?.storage
): Promise<Space | null> {
	try {
		const { usage, quota } = (await storage?.estimate?.()) ?? {};
		return usage === undefined || !quota ? null : { used: usage, quota };
	} catch {
		// Private windows refuse; what was typed can be saved all the same, or its refusal is told then.
		return null;
	}
}

/** Whether it is time to say so: under 50 MB left, or over 90 % taken. */
export function isLow({ used, quota }: Space): boolean {
	return leftOf({ used, quota }) < LEAST_LEFT || used / quota > MOST_USED;
}

export function leftOf({ used, quota }: Space): number {
	return Math.max(0, quota - used);
}
