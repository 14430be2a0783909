import type { Change, Verdict } from '../domain/change';
import type { Seal } from './seal';
import type { Returned, SealedChange, SealedReturned, Sent } from './stores';

/** What is sealed of a change: it never changes, wherever the change lies and whatever it is based on. */
export type Inside = Pick<Change, 'fields' | 'at'>;

/**
 * A change as it was; undefined when it does not open.
 * @param known the same one, when it is in memory
 */
export async function openChange(
	seal: Seal,
	{ sealed, change_id, kind, record_id, group_id, base, ...written }: SealedChange,
	known?: Inside
): Promise<Sent | undefined> {
	const plain = { kind, record_id, group_id, base, change_id };
	const inside = known ?? (await seal.open<Inside>(sealed, aboutChange(plain)));
	if (!inside) return undefined;
	const { fields, at } = inside;
	seal.closed.set(fields, sealed);
	return { ...written, change: { ...plain, fields, at } };
}

export async function openReturned(
	seal: Seal,
	{ verdict: sealed, ...stored }: SealedReturned,
	known?: Inside
): Promise<Returned | undefined> {
	const written = await openChange(seal, stored, known);
	const verdict = await seal.open<Verdict>(sealed, aboutVerdict(stored));
	return written && verdict && { ...written, verdict };
}

/** What the fields of a change are bound to: they do not open in another's. */
export function aboutChange(change: Omit<Change, keyof Inside | 'base'>): string {
	return `change ${change.change_id} ${change.kind} ${change.record_id} ${change.group_id}`;
}

export function aboutVerdict({ change_id }: Pick<Change, 'change_id'>): string {
	return `verdict ${change_id}`;
}
