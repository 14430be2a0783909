import type { DeviceProblem } from '../domain/problems';

/** The phone's own memory did not do what it was asked; nothing is half-written when this is thrown. */
export class DeviceError extends Error {
	override name = 'DeviceError';

	constructor(
		readonly code: DeviceProblem,
		cause?: unknown
	) {
		super(code, { cause });
	}
}

/** The trouble of a browser's database as one of our words, told apart by its standard name. */
export function deviceError(cause: unknown): DeviceError {
	if (cause instanceof DeviceError) return cause;
	switch (nameOf(cause)) {
		case 'QuotaExceededError':
			return new DeviceError('storage_full', cause);
		case 'VersionError':
			return new DeviceError('newer_version', cause);
		default:
			return new DeviceError('storage_failed', cause);
	}
}

/** The standard name of an error, or the empty text. */
export function nameOf(error: unknown): string {
	return error instanceof Error || error instanceof DOMException ? error.name : '';
}
