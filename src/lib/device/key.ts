import { DeviceError } from './problem';

/**
 * A new key, which no script can read.
 * @throws DeviceError `no_https` where browsers offer no cryptography
 */
export async function newKey(): Promise<CryptoKey> {
	if (!globalThis.crypto?.subtle) throw new DeviceError('no_https');
	return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}
