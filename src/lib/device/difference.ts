import type { Change } from '../domain/change';
import type { Row } from '../domain/record';
import { sealChange, sealReturned } from './changes';
import type { Bound } from './bind';
import type { Seal } from './seal';
import { UNPROVEN, type Returned, type Sent, type Unproven, type Writing } from './stores';

/** What one piece of work changes in the logbook; what is absent stays as it is. */
export type Difference = {
	/** Groups whose confirmed records leave the phone, before others come. */
	left?: string[];
	confirmed?: Row[];
	/** Puts on pages what comes, by the number of this write; a phone opens and saves without it. */
	bind?: (seal: Seal, write: number) => Promise<Bound[]>;
	/** Changes that are new. */
	saved?: Change[];
	/** All that waits besides; what is not among it any more leaves the outbox. */
	outbox?: readonly Sent[];
	/** All that was sent back. */
	returned?: readonly Returned[];
	sent?: Sent[];
	/** Ids of sent changes that are not kept any longer. */
	forgotten?: string[];
	/** Of all groups; the pull of a group without one begins anew. */
	cursors?: Record<string, string>;
	unproven?: Unproven[];
};

/** A difference that is sealed and can be written at once. */
export type Prepared = Awaited<ReturnType<typeof prepare>>;

/** Seals what is new in a difference; what was here and is not in it any more is named by its keys. */
export async function prepare(
	seal: Seal,
	here: { outbox: readonly Sent[]; returned: readonly Returned[] },
	write: number,
	difference: Difference
) {
	const { bind, saved = [], sent = [], unproven } = difference;
	const outbox = compare(here.outbox, difference.outbox);
	const returned = compare(here.returned, difference.returned);
	const [pages, added, waiting, sent_back, taken, proving] = await Promise.all([
		bind?.(seal, write) ?? [],
		Promise.all(saved.map((change) => sealChange(seal, { change }))),
		Promise.all(outbox.fresh.map((written) => sealChange(seal, written))),
		Promise.all(returned.fresh.map((written) => sealReturned(seal, written))),
		Promise.all(sent.map((written) => sealChange(seal, written))),
		unproven && seal.seal(unproven, `meta ${UNPROVEN}`)
	]);
	return {
		...{ difference, write, pages, added, waiting, sent_back, taken, proving },
		settled: outbox.gone.map(({ place }) => place),
		looked_at: returned.gone.map(({ change }) => change.change_id)
	};
}

/**
 * Puts what was prepared into the stores, if nobody has written since; answers the new changes with
 * the places that they got, or null.
 */
export async function put(transaction: Writing, prepared: Prepared): Promise<Sent[] | null> {
	const { difference, write } = prepared;
	const counts = transaction.objectStore('counts');
	if (((await counts.get('writes')) ?? 0) !== write - 1) return null;

	const { left = [], saved = [], forgotten = [], cursors } = difference;
	const store = {
		pages: transaction.objectStore('pages'),
		outbox: transaction.objectStore('outbox'),
		returned: transaction.objectStore('returned'),
		sent: transaction.objectStore('sent'),
		cursors: transaction.objectStore('cursors')
	};
	const gone = await Promise.all(left.map((id) => store.pages.index('group').getAllKeys(id)));
	if (cursors) await store.cursors.clear();
	const asked: Promise<unknown>[] = [];
	const ask = <T>(request: Promise<T>): Promise<T> => {
		// One that fails takes all of them back, and the transaction tells.
		request.catch(() => undefined);
		asked.push(request);
		return request;
	};
	void ask(counts.put(write, 'writes'));
	for (const place of gone.flat()) void ask(store.pages.delete(place));
	for (const { stored } of prepared.pages) void ask(store.pages.put(stored));
	for (const place of prepared.settled) void ask(store.outbox.delete(place));
	for (const one of prepared.waiting) void ask(store.outbox.put(one));
	for (const id of prepared.looked_at) void ask(store.returned.delete(id));
	for (const one of prepared.sent_back) void ask(store.returned.put(one));
	for (const id of forgotten) void ask(store.sent.delete(id));
	for (const one of prepared.taken) void ask(store.sent.put(one));
	for (const id in cursors) void ask(store.cursors.put(cursors[id] ?? '', id));
	if (prepared.proving) void ask(transaction.objectStore('meta').put(prepared.proving, UNPROVEN));
	const places = prepared.added.map((one) => ask(store.outbox.add(one)));
	await Promise.all(asked);
	return Promise.all(saved.map(async (change, n) => ({ place: (await places[n]) ?? 0, change })));
}

/** By identity: nothing that is here is ever changed in place. */
function compare<W extends Sent>(here: readonly W[], then: readonly W[] = here) {
	const [before, after] = [new Set(here), new Set(then)];
	const ids = new Set(then.map(({ change }) => change.change_id));
	return {
		fresh: then.filter((one) => !before.has(one)),
		gone: here.filter((one) => !after.has(one) && !ids.has(one.change.change_id))
	};
}
