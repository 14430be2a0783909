import type { Problem } from '../problems';
import { lengthOf, privateIn } from './note';

const REASON_LENGTH = 200;

/** What is wrong with the reason of a correction: it has to be there, short, and about no person's numbers. */
export function checkReason(reason: string): Problem[] {
	if (reason.trim() === '') return [{ code: 'missing', field: 'reason' }];
	if (lengthOf(reason) > REASON_LENGTH) return [{ code: 'too_long', field: 'reason' }];
	const code = privateIn(reason);
	return code ? [{ code, field: 'reason' }] : [];
}
