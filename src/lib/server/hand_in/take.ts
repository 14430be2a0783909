import { countsOf, type Bundle, type Counts, type HandedIn } from '../../domain/bundle/bundle';
import { fromText, type Bytes } from '../../domain/bundle/bytes';
import { ECDSA, SIGNING, publicKeyOf } from '../../domain/bundle/cipher';
import type { Verdict } from '../../domain/change';
import { DoorError, type Door } from '../door';
import type { HandInKeys } from './keys';
import { openSealed, unpack, type Opened } from './open';
import { BundleError } from './problem';

const MOST_CHANGES = 100;
const MOST_BYTES = 300_000;

/**
 * Takes a sealed bundle: opens it, makes sure whose it is, and applies it in that person's name.
 * Answers what became of it, in numbers, or, to the phone that it comes from, one by one. The same
 * bundle may come as often as it likes. Throws BundleError.
 */
export async function takeBundle(
	door: Door,
	keys: HandInKeys,
	bytes: Bytes,
	carrier_id: string | null
): Promise<Counts | HandedIn> {
	const opened = await openSealed(keys, bytes);
	const person_id = await prove(door, opened);
	const bundle = await unpack(opened);
	if (bundle.author_id !== person_id) throw new BundleError('not_proven');

	const verdicts: Verdict[] = [];
	let last: HandedIn = { verdicts, ended: false, server_time: '' };
	for (const changes of batches(bundle)) {
		const { key_id } = opened;
		const { bundle_id } = bundle;
		last = await ask<HandedIn>(door, 'server_hand_in', { key_id, bundle_id, carrier_id, changes });
		verdicts.push(...last.verdicts);
	}
	return bundle.answer === 'counts' ? countsOf(verdicts) : { ...last, verdicts };
}

/** Whose key it is that has signed; throws when it is nobody's, or has not. */
async function prove(door: Door, { key_id, signature, signed }: Opened): Promise<string> {
	const known = await ask<{ public_key: string; person_id: string } | null>(
		door,
		'server_hand_in_key',
		{ key_id }
	);
	const point = known && fromText(known.public_key);
	const proven =
		point &&
		(await publicKeyOf(point, ECDSA)
			.then((key) => crypto.subtle.verify(SIGNING, key, signature, signed))
			.catch(() => false));
	if (!known || !proven) throw new BundleError('not_proven');
	return known.person_id;
}

/** In the order of writing, in pieces that a call takes; one that is empty when there is nothing. */
function batches({ changes }: Bundle): unknown[][] {
	const pieces: unknown[][] = [[]];
	let bytes = 0;
	for (const change of changes) {
		const size = JSON.stringify(change).length;
		const piece = pieces.at(-1) ?? [];
		if (piece.length > 0 && (piece.length === MOST_CHANGES || bytes + size > MOST_BYTES)) {
			pieces.push([change]);
			bytes = size;
		} else {
			piece.push(change);
			bytes += size;
		}
	}
	return pieces;
}

async function ask<T>(door: Door, name: string, args: Record<string, unknown>): Promise<T> {
	try {
		return await door<T>(name, args);
	} catch (error) {
		if (!(error instanceof DoorError)) throw error;
		if (error.status === 403) throw new BundleError('not_proven');
		if (error.status === 400 || error.status === 413) throw new BundleError('bad_bundle');
		throw new BundleError('busy', error.status === 429 ? 3600 : null);
	}
}
