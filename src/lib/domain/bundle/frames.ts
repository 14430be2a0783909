import { joined, type Bytes } from './bytes';
import { fromBase45, toBase45 } from './base45';
import { crc32 } from './crc32';

/** How much of a bundle one picture carries (bytes): version 13 of 40, which cheap cameras read. */
export const FRAME_BYTES = 300;

const MARK = 'TNH:';
const NUMBERS = 12;

/**
 * A bundle as texts for a series of QR codes, in any order: each carries the sum of the whole, its
 * number, how many there are, and its own sum. Of the letters that QR codes pack closest.
 */
export function framesOf(bundle: Bytes): string[] {
	const whole = crc32(bundle);
	const total = Math.max(1, Math.ceil(bundle.length / FRAME_BYTES));
	return Array.from({ length: total }, (_, index) => {
		const piece = bundle.slice(index * FRAME_BYTES, (index + 1) * FRAME_BYTES);
		const frame = joined(new Uint8Array(NUMBERS), piece);
		const view = new DataView(frame.buffer);
		view.setUint32(4, whole);
		view.setUint16(8, index);
		view.setUint16(10, total);
		view.setUint32(0, crc32(frame.subarray(4)));
		return MARK + toBase45(frame);
	});
}

/** What a text that was read turned out to be. */
export type Read = 'new' | 'seen' | 'other_series' | 'not_ours';

/** Gathers the frames of one bundle, in whatever order they come and however often. */
export class Frames {
	#whole: number | null = null;
	#pieces: (Bytes | undefined)[] = [];

	/** How many frames there are; 0 before the first was read. */
	get total(): number {
		return this.#pieces.length;
	}

	get read(): number {
		return this.#pieces.filter(Boolean).length;
	}

	/** The numbers of the frames that are missing, from 1. */
	get missing(): number[] {
		return this.#pieces.flatMap((piece, index) => (piece ? [] : [index + 1]));
	}

	add(text: string): Read {
		const bytes = text.startsWith(MARK) ? fromBase45(text.slice(MARK.length)) : null;
		if (!bytes || bytes.length <= NUMBERS) return 'not_ours';
		const view = new DataView(bytes.buffer);
		if (view.getUint32(0) !== crc32(bytes.subarray(4))) return 'not_ours';
		const [whole, index, total] = [view.getUint32(4), view.getUint16(8), view.getUint16(10)];
		if (index >= total) return 'not_ours';
		if (this.#whole === null) {
			this.#whole = whole;
			this.#pieces = Array.from({ length: total });
		}
		if (whole !== this.#whole || total !== this.total) return 'other_series';
		if (this.#pieces[index]) return 'seen';
		this.#pieces[index] = bytes.slice(NUMBERS);
		return 'new';
	}

	/** The bundle when it is whole; null while a frame is missing, or when they do not fit together. */
	bundle(): Bytes | null {
		if (this.total === 0 || this.read < this.total) return null;
		const whole = joined(...this.#pieces.filter((piece) => piece !== undefined));
		return crc32(whole) === this.#whole ? whole : null;
	}
}
