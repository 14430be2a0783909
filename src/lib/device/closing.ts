import { aboutChange, aboutVerdict, type Inside } from './changes';
import type { Seal } from './seal';
import type { Returned, SealedChange, SealedReturned, Sent } from './stores';

export async function sealChange(seal: Seal, { change, ...written }: Sent): Promise<SealedChange> {
	const { fields, at, ...plain } = change;
	const inside: Inside = { fields, at };
	const sealed = seal.closed.get(fields) ?? (await seal.seal(inside, aboutChange(change)));
	seal.closed.set(fields, sealed);
	return { ...written, ...plain, sealed };
}

export async function sealReturned(
	seal: Seal,
	{ verdict, ...written }: Returned
): Promise<SealedReturned> {
	const sealed = await seal.seal(verdict, aboutVerdict(written.change));
	return { ...(await sealChange(seal, written)), verdict: sealed };
}
