import { openChange, openReturned } from './changes';
import { sealChange, sealReturned } from './closing';
import { mapOf, type Unsent, type UnsentChange } from './copied';
import type { Database } from './database';
import { LOST, lostOf } from './lost';
import { placeOf } from './places';
import { Seal } from './seal';
import type { SecondCopy } from './second_copy';
import { KEY, UNPROVEN, type Sealed } from './stores';

type Contents = Awaited<ReturnType<SecondCopy['contents']>>;
type Main = Unsent & { writes: number };

/**
 * Brings a copy in step with the phone's database when that is opened. The database is right: what it
 * no longer has leaves the copy. Only when the copy is of another database, which the browser has
 * lost, is what lies here brought back first.
 *
 * Other tabs write meanwhile, here before there. So the copy is read first, and what is missing in the
 * database leaves the copy only when the write that was to bring it is over, and if it is still the same.
 */
export async function join(main: Database, copy: SecondCopy): Promise<void> {
	const here = await copy.contents();
	// A phone that was emptied meanwhile must not get back what the copy had.
	if (main.isClosed) return;
	const found = await unsentOf(main);
	const strange = here.generation !== undefined && here.generation !== found.generation;
	if (strange) await bringBack(main, here, found);
	const now = strange ? await unsentOf(main) : found;
	if (main.isClosed) return;

	await copy.write(['keys', 'counts', 'changes', 'drafts', 'meta'], async (transaction) => {
		if (now.key) await transaction.objectStore('keys').put(now.key, KEY);
		await transaction.objectStore('counts').put(now.generation ?? 0, 'generation');
		const changes = transaction.objectStore('changes');
		for (const [id, one] of now.changes)
			if (!isSame(here.changes.get(id), one)) await changes.put({ ...one, write: now.writes });
		for (const [id, write] of here.writes)
			if (!now.changes.has(id) && (strange || write <= now.writes))
				if ((await changes.get(id))?.write === write) await changes.delete(id);
		for (const part of ['drafts', 'meta'] as const) {
			const store = transaction.objectStore(part);
			for (const [key, sealed] of now[part])
				if (!isSameSeal(here[part].get(key), sealed)) await store.put(sealed, key);
			for (const [key, sealed] of here[part])
				if (!now[part].has(key) && isSameSeal(await store.get(key), sealed))
					await store.delete(key);
		}
	});
}

/** What lies in the phone's database and belongs in its copy. */
async function unsentOf(main: Database): Promise<Main> {
	return main.read(['keys', 'counts', 'outbox', 'returned', 'drafts', 'meta'], async (reading) => {
		const [key, generation, writes, outbox, returned, drafts, meta] = await Promise.all([
			reading.objectStore('keys').get(KEY),
			reading.objectStore('counts').get('generation'),
			reading.objectStore('counts').get('writes'),
			reading.objectStore('outbox').getAll(),
			reading.objectStore('returned').getAll(),
			mapOf(reading.objectStore('drafts')),
			mapOf(reading.objectStore('meta'))
		]);
		// About what the server has.
		meta.delete(UNPROVEN);
		const all = [...outbox, ...returned].map((one) => [one.change_id, one] as const);
		const changes = new Map<string, UnsentChange>(all);
		return { key, generation: generation ?? 0, writes: writes ?? 0, changes, drafts, meta };
	});
}

/**
 * Brings back what only the copy has of a database that was lost while the copy could not be read; it
 * was laid out anew with another key. What is there already stays as it is.
 */
async function bringBack(main: Database, here: Contents, found: Main): Promise<void> {
	const [then, now] = [here.key && new Seal(here.key), await main.seal()];
	if (!then) return;
	const missing = [...here.changes.values()].filter((one) => !found.changes.has(one.change_id));
	const changes = await Promise.all(
		missing.sort((a, b) => a.place - b.place).map((one) => sealedAnew(then, now, one))
	);
	const small = (part: 'drafts' | 'meta') =>
		Promise.all(
			[...here[part]]
				.filter(([key]) => !found[part].has(key))
				.map(async ([key, sealed]) => {
					const value = await then.open(sealed, `${part} ${key}`);
					return [
						key,
						value === undefined ? sealed : await now.seal(value, `${part} ${key}`)
					] as const;
				})
		);
	const [drafts, meta] = [await small('drafts'), await small('meta')];
	// The browser went between the laying out and the note of it in the copy: all is there.
	if (changes.length + drafts.length + meta.length === 0) return;
	const lost = await now.seal(lostOf(here, missing.length), `meta ${LOST}`);
	if (main.isClosed) return;
	await main.write(
		['counts', 'outbox', 'returned', 'drafts', 'meta'],
		'strict',
		async (writing) => {
			const counts = writing.objectStore('counts');
			const write = ((await counts.get('writes')) ?? 0) + 1;
			await counts.put(write, 'writes');
			const [outbox, returned] = [writing.objectStore('outbox'), writing.objectStore('returned')];
			for (const [n, one] of changes.entries()) {
				const there = await outbox.index('change_id').getKey(one.change_id);
				if (there ?? (await returned.getKey(one.change_id))) continue;
				const placed = { ...one, place: placeOf(write, n) };
				await ('verdict' in placed ? returned.put(placed) : outbox.put(placed));
			}
			for (const [key, sealed] of drafts) await writing.objectStore('drafts').put(sealed, key);
			for (const [key, sealed] of meta) await writing.objectStore('meta').put(sealed, key);
			await writing.objectStore('meta').put(lost, LOST);
		}
	);
}

/** What does not open is kept as it is. */
async function sealedAnew(then: Seal, now: Seal, one: UnsentChange): Promise<UnsentChange> {
	if (!('verdict' in one)) {
		const opened = await openChange(then, one);
		return opened ? sealChange(now, opened) : one;
	}
	const opened = await openReturned(then, one);
	return opened ? sealReturned(now, opened) : one;
}

/** A change never changes but for its place, what it is based on, and that it is sent back. */
function isSame(here: UnsentChange | undefined, there: UnsentChange): boolean {
	if (!here || here.place !== there.place || here.base !== there.base) return false;
	return 'verdict' in here === 'verdict' in there;
}

/** Two sealings of the same words differ already in how they begin. */
function isSameSeal(here: Sealed | undefined, there: Sealed): boolean {
	return !!here && here.every((byte, n) => byte === there[n]);
}
