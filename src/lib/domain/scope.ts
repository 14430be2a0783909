import type { MyGroup } from './me';

/** The groups whose records came to a phone, and those whose records left it. */
export type ScopeNews = { added: MyGroup[]; left: MyGroup[] };

/** What has changed since the person was told: between the groups they know of and those of now. */
export function scopeNews(known: MyGroup[], now: MyGroup[]): ScopeNews {
	const without = (groups: MyGroup[], others: MyGroup[]) =>
		groups.filter(({ id }) => others.every((other) => other.id !== id));
	return { added: without(now, known), left: without(known, now) };
}
