import { createHash } from 'node:crypto';

/**
 * A UUID that the same words always give, so that seeding twice, or on two machines, names the same
 * rows. Marked as version 8: neither random nor made from a time.
 */
export function idOf(...words: string[]): string {
	const digest = createHash('sha256').update(words.join('\u001f')).digest('hex');
	return uuid(digest.slice(0, 12), '8', digest.slice(12, 15), digest.slice(15, 31));
}

/**
 * The UUIDv7 that a phone would have made at a moment (ms), its random part given by words.
 */
export function idAt(moment: number, ...words: string[]): string {
	const digest = createHash('sha256').update(words.join('\u001f')).digest('hex');
	const time = moment.toString(16).padStart(12, '0');
	return uuid(time, '7', digest.slice(0, 3), digest.slice(3, 19));
}

/** Puts 12 + 1 + 3 + 16 hex digits into the shape of a UUID of the usual variant. */
function uuid(head: string, version: string, middle: string, tail: string): string {
	const variant = ((parseInt(tail.slice(0, 1), 16) & 3) | 8).toString(16);
	return [
		head.slice(0, 8),
		head.slice(8, 12),
		version + middle,
		variant + tail.slice(1, 4),
		tail.slice(4, 16)
	].join('-');
}
