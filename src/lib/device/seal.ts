import type { Sealed } from './stores';

const NAME = 'AES-GCM';
const IV = 12;

/**
 * Closes what lies on the disk with the key of this phone, so that a lost phone's files tell nothing
 * without its browser. What is sealed is bound to where it belongs (`about`): it does not open
 * anywhere else.
 */
export class Seal {
	/** The sealed form of fields that were sealed or opened before: a change goes from store to store as it is. */
	readonly closed = new WeakMap<object, Sealed>();
	#key: CryptoKey;

	constructor(key: CryptoKey) {
		this.#key = key;
	}

	/** @param value anything that JSON can say */
	async seal(value: unknown, about: string): Promise<Sealed> {
		const iv = crypto.getRandomValues(new Uint8Array(IV));
		const clear = bytes(JSON.stringify(value));
		const closed = await crypto.subtle.encrypt(algorithm(iv, about), this.#key, clear);
		const sealed = new Uint8Array(IV + closed.byteLength);
		sealed.set(iv);
		sealed.set(new Uint8Array(closed), IV);
		return sealed;
	}

	/** Undefined when it does not open: it was damaged, belongs elsewhere, or the key is another. */
	async open<T>(sealed: Sealed, about: string): Promise<T | undefined> {
		try {
			const [iv, closed] = [sealed.subarray(0, IV), sealed.subarray(IV)];
			const clear = await crypto.subtle.decrypt(algorithm(iv, about), this.#key, closed);
			return JSON.parse(new TextDecoder().decode(clear)) as T;
		} catch {
			return undefined;
		}
	}
}

function algorithm(iv: Sealed, about: string): AesGcmParams {
	return { name: NAME, iv, additionalData: bytes(about) };
}

function bytes(text: string): Sealed {
	return new TextEncoder().encode(text);
}
