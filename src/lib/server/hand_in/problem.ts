import type { HandInProblem } from '../../domain/problems';

/** A bundle that is not taken, for a reason that its carrier may know. */
export class BundleError extends Error {
	override name = 'BundleError';
	constructor(
		readonly code: HandInProblem | 'too_large' | 'busy',
		/** Seconds to leave the server alone for. */
		readonly retryAfter: number | null = null
	) {
		super(code);
	}

	get status(): number {
		switch (this.code) {
			case 'not_proven':
				return 403;
			case 'too_large':
				return 413;
			case 'busy':
				return this.retryAfter === null ? 503 : 429;
			default:
				return 422;
		}
	}
}
