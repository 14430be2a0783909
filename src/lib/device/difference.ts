import type { Change } from '../domain/change';
import { sealChange, sealReturned } from './closing';
import type { UnsentChange } from './copied';
import { placeOf } from './places';
import type { Seal } from './seal';
import type { Returned, SealedChange, SealedReturned, Sent, Writing } from './stores';
import type { Told } from './told';

/** What one piece of work changes in the logbook; what is absent stays as it is. */
export type Difference = {
	/** Changes that are new. */
	saved?: Change[];
	/** The form that these were typed in: done with in the same transaction. */
	draft?: string;
	/** All that waits besides; what is not among it any more leaves the outbox. */
	outbox?: readonly Sent[];
	/** All that was sent back. */
	returned?: readonly Returned[];
	/** What an answer of the server changes besides. How it is written comes with the first answer. */
	told?: Told;
};

/** What lies on the disk before; `unread` of it do not open and are known to nobody. */
type Here = { outbox: readonly Sent[]; returned: readonly Returned[]; unread: number };

/** A difference that is sealed and can be written at once. */
export type Prepared = {
	difference: Difference;
	/** The number of the write that it is prepared for. */
	write: number;
	told: Awaited<ReturnType<Told['seal']>> | undefined;
	/** What the second copy takes in before. */
	copied: UnsentChange[];
	/** What it lets go of afterwards; when nothing was written, what is new. */
	left: string[];
	added: string[];
	/** The new changes with the places that they get. */
	saved: Sent[];
	/** Puts all of it into the stores, if nobody has written since; answers whether. */
	put: (transaction: Writing) => Promise<boolean>;
};

type Sealed = Pick<Prepared, 'write' | 'told'> & {
	draft?: string;
	added: SealedChange[];
	waiting: SealedChange[];
	sent_back: SealedReturned[];
	settled: IDBKeyRange[];
	looked_at: string[];
};

/** Lets a request of a transaction go on by itself: one that fails takes all of them back. */
export type Ask = <T>(request: Promise<T>) => Promise<T>;

/** Seals what is new in a difference; what was here and is not in it any more is named by its keys. */
export async function prepare(
	seal: Seal,
	here: Here,
	write: number,
	difference: Difference
): Promise<Prepared> {
	const outbox = compare(here.outbox, difference.outbox);
	const returned = compare(here.returned, difference.returned);
	const saved = (difference.saved ?? []).map((change, n) => ({ place: placeOf(write, n), change }));
	const [added, waiting, sent_back, told] = await Promise.all([
		Promise.all(saved.map((written) => sealChange(seal, written))),
		Promise.all(outbox.fresh.map((written) => sealChange(seal, written))),
		Promise.all(returned.fresh.map((written) => sealReturned(seal, written))),
		difference.told?.seal(seal, write)
	]);
	const settled = rangesOf(here, outbox.gone);
	const looked_at = returned.gone.map(({ change }) => change.change_id);
	const copied = [...waiting, ...added, ...sent_back];
	const stay = new Set(idsOf(copied));
	const left = [...idsOf(outbox.gone.map(({ change }) => change)), ...looked_at];
	const { draft } = difference;
	const all = { write, draft, added, waiting, sent_back, told, settled, looked_at };
	return {
		...{ difference, write, told, saved, copied, added: idsOf(added) },
		left: left.filter((id) => !stay.has(id)),
		put: (transaction) => put(transaction, all)
	};
}

async function put(transaction: Writing, prepared: Sealed): Promise<boolean> {
	const { write } = prepared;
	const counts = transaction.objectStore('counts');
	if (((await counts.get('writes')) ?? 0) !== write - 1) return false;

	const asked: Promise<unknown>[] = [];
	const ask: Ask = (request) => {
		// The transaction tells.
		request.catch(() => undefined);
		asked.push(request);
		return request;
	};
	await prepared.told?.put(transaction, ask);
	const outbox = transaction.objectStore('outbox');
	const returned = transaction.objectStore('returned');
	for (const range of prepared.settled) void ask(outbox.delete(range));
	for (const one of prepared.waiting) void ask(outbox.put(one));
	for (const id of prepared.looked_at) void ask(returned.delete(id));
	for (const one of prepared.sent_back) void ask(returned.put(one));
	if (prepared.draft) void ask(transaction.objectStore('drafts').delete(prepared.draft));
	for (const one of prepared.added) void ask(outbox.add(one));
	void ask(counts.put(write, 'writes'));
	await Promise.all(asked);
	return true;
}

function idsOf(changes: Pick<Change, 'change_id'>[]): string[] {
	return changes.map(({ change_id }) => change_id);
}

/**
 * The places of what leaves the outbox. Neighbours go in one request: hundreds of single ones take longer
 * than the server took. But nothing goes that only happens to lie between them.
 */
function rangesOf({ outbox, unread }: Here, gone: readonly Sent[]): IDBKeyRange[] {
	const going = new Set(gone);
	const runs: [number, number][] = [];
	let follows = false;
	for (const one of outbox) {
		const goes = going.has(one);
		const run = runs.at(-1);
		if (goes && run && follows) run[1] = one.place;
		else if (goes) runs.push([one.place, one.place]);
		follows = goes && unread === 0;
	}
	return runs.map(([first, last]) => IDBKeyRange.bound(first, last));
}

/** By identity: nothing that is here is ever changed in place. */
function compare<W extends Sent>(here: readonly W[], then: readonly W[] = here) {
	const [before, ids] = [new Set(here), new Set(then.map(({ change }) => change.change_id))];
	return {
		fresh: then.filter((one) => !before.has(one)),
		gone: here.filter(({ change }) => !ids.has(change.change_id))
	};
}
