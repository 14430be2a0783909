/** Whether somebody may come in now; answers the seconds to wait when not. */
export type Limit = (who: string) => number | null;

/**
 * Lets each address in `most` times, and then once every `seconds`: nobody is known before a bundle
 * is opened, and opening costs work. What is full again is forgotten, so the list stays short.
 */
export function openLimit(most: number, seconds: number, now = () => Date.now()): Limit {
	const buckets = new Map<string, { left: number; at: number }>();
	const refilled = ({ left, at }: { left: number; at: number }) =>
		Math.min(most, left + (now() - at) / 1000 / seconds);
	return (who) => {
		if (buckets.size > 10_000)
			for (const [one, bucket] of buckets) if (refilled(bucket) >= most) buckets.delete(one);
		const bucket = buckets.get(who);
		const left = bucket ? refilled(bucket) : most;
		if (left < 1) return Math.ceil((1 - left) * seconds);
		buckets.set(who, { left: left - 1, at: now() });
		return null;
	};
}
