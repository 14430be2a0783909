import type { Change, Verdict } from '../domain/change';
import type { Seal } from './seal';
import type { Returned, Sealed, SealedChange, SealedReturned, Sent } from './stores';

/** What is sealed of a change: it never changes, wherever the change lies and whatever it is based on. */
type Inside = Pick<Change, 'fields' | 'at'>;

/** The sealed form of fields that were sealed or opened before: a change goes from store to store as it is. */
const known = new WeakMap<Change['fields'], Sealed>();

/** @param written without a place, when the database gives it one */
export async function sealChange(
	seal: Seal,
	{ change, ...rest }: Sent | Omit<Sent, 'place'>
): Promise<SealedChange> {
	const { fields, at, ...plain } = change;
	const sealed =
		known.get(fields) ?? (await seal.seal({ fields, at } satisfies Inside, aboutOf(change)));
	known.set(fields, sealed);
	return { ...rest, ...plain, sealed } as SealedChange;
}

export async function sealReturned(
	seal: Seal,
	{ verdict, ...written }: Returned
): Promise<SealedReturned> {
	const closed = await seal.seal(verdict, `verdict ${written.change.change_id}`);
	return { ...(await sealChange(seal, written)), verdict: closed };
}

/**
 * A change as it was; undefined when it does not open.
 * @param opened the same one, when it is in memory
 */
export async function openChange(
	seal: Seal,
	{ sealed, place, seq, taken_at, ...plain }: SealedChange,
	opened?: Inside
): Promise<Sent | undefined> {
	const inside = opened ?? (await seal.open<Inside>(sealed, aboutOf(plain)));
	if (!inside) return undefined;
	known.set(inside.fields, sealed);
	const { fields, at } = inside;
	const { change_id, kind, record_id, group_id, base } = plain;
	return {
		place,
		change: { kind, record_id, group_id, base, change_id, fields, at },
		...(seq === undefined ? {} : { seq }),
		...(taken_at === undefined ? {} : { taken_at })
	};
}

export async function openReturned(
	seal: Seal,
	{ verdict: closed, ...stored }: SealedReturned,
	opened?: Inside
): Promise<Returned | undefined> {
	const written = await openChange(seal, stored, opened);
	const verdict = await seal.open<Verdict>(closed, `verdict ${stored.change_id}`);
	return written && verdict && { ...written, verdict };
}

function aboutOf({ change_id, kind, record_id, group_id }: Omit<Change, 'fields' | 'at' | 'base'>) {
	return `change ${change_id} ${kind} ${record_id} ${group_id}`;
}
