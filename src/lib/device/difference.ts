import type { Change } from '../domain/change';
import { sealChange, sealReturned } from './closing';
import type { Seal } from './seal';
import type { Returned, SealedChange, SealedReturned, Sent, Writing } from './stores';
import type { Told } from './told';

/** What one piece of work changes in the logbook; what is absent stays as it is. */
export type Difference = {
	/** Changes that are new. */
	saved?: Change[];
	/** All that waits besides; what is not among it any more leaves the outbox. */
	outbox?: readonly Sent[];
	/** All that was sent back. */
	returned?: readonly Returned[];
	/** What an answer of the server changes besides. How it is written comes with the first answer. */
	told?: Told;
};

/** A difference that is sealed and can be written at once. */
export type Prepared = {
	difference: Difference;
	/** The number of the write that it is prepared for. */
	write: number;
	told: Awaited<ReturnType<Told['seal']>> | undefined;
	put: (transaction: Writing) => Promise<Sent[] | null>;
};

type Sealed = Pick<Prepared, 'difference' | 'write' | 'told'> & {
	added: SealedChange[];
	waiting: SealedChange[];
	sent_back: SealedReturned[];
	settled: number[];
	looked_at: string[];
};

/** Lets a request of a transaction go on by itself: one that fails takes all of them back. */
export type Ask = <T>(request: Promise<T>) => Promise<T>;

/** Seals what is new in a difference; what was here and is not in it any more is named by its keys. */
export async function prepare(
	seal: Seal,
	here: { outbox: readonly Sent[]; returned: readonly Returned[] },
	write: number,
	difference: Difference
): Promise<Prepared> {
	const outbox = compare(here.outbox, difference.outbox);
	const returned = compare(here.returned, difference.returned);
	const [added, waiting, sent_back, told] = await Promise.all([
		Promise.all((difference.saved ?? []).map((change) => sealChange(seal, { change }))),
		Promise.all(outbox.fresh.map((written) => sealChange(seal, written))),
		Promise.all(returned.fresh.map((written) => sealReturned(seal, written))),
		difference.told?.seal(seal, write)
	]);
	const settled = outbox.gone.map(({ place }) => place);
	const looked_at = returned.gone.map(({ change }) => change.change_id);
	const all = { difference, write, added, waiting, sent_back, told, settled, looked_at };
	return { difference, write, told, put: (transaction: Writing) => put(transaction, all) };
}

/**
 * Puts what was prepared into the stores, if nobody has written since; answers the new changes with
 * the places that they got, or null.
 */
async function put(transaction: Writing, prepared: Sealed): Promise<Sent[] | null> {
	const { difference, write } = prepared;
	const counts = transaction.objectStore('counts');
	if (((await counts.get('writes')) ?? 0) !== write - 1) return null;

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
	for (const place of prepared.settled) void ask(outbox.delete(place));
	for (const one of prepared.waiting) void ask(outbox.put(one));
	for (const id of prepared.looked_at) void ask(returned.delete(id));
	for (const one of prepared.sent_back) void ask(returned.put(one));
	const places = prepared.added.map((one) => ask(outbox.add(one)));
	void ask(counts.put(write, 'writes'));
	await Promise.all(asked);
	const saved = difference.saved ?? [];
	return Promise.all(saved.map(async (change, n) => ({ place: (await places[n]) ?? 0, change })));
}

/** By identity: nothing that is here is ever changed in place. */
function compare<W extends Sent>(here: readonly W[], then: readonly W[] = here) {
	const [before, ids] = [new Set(here), new Set(then.map(({ change }) => change.change_id))];
	return {
		fresh: then.filter((one) => !before.has(one)),
		gone: here.filter(({ change }) => !ids.has(change.change_id))
	};
}
