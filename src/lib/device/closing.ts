import { aboutChange, aboutVerdict, closed, type Inside } from './changes';
import type { Seal } from './seal';
import type { Returned, SealedChange, SealedReturned, Sent } from './stores';

/** @param written without a place, when the database gives it one */
export async function sealChange(
	seal: Seal,
	{ change, ...written }: Sent | Omit<Sent, 'place'>
): Promise<SealedChange> {
	const { fields, at, ...plain } = change;
	const inside: Inside = { fields, at };
	const sealed = closed.get(fields) ?? (await seal.seal(inside, aboutChange(change)));
	closed.set(fields, sealed);
	return { ...written, ...plain, sealed } as SealedChange;
}

export async function sealReturned(
	seal: Seal,
	{ verdict, ...written }: Returned
): Promise<SealedReturned> {
	const sealed = await seal.seal(verdict, aboutVerdict(written.change));
	return { ...(await sealChange(seal, written)), verdict: sealed };
}
