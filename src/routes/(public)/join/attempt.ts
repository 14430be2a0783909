import { v4 } from 'uuid';

/**
 * What this phone made up for a code, the same for as long as the page is open and over a reload: when
 * the answer to a first try got lost on the way, the second one is known for the same phone's.
 */
export function attemptOf(code: string): string {
	const key = `tung-nha.attempt.${code.slice(0, 4)}`;
	try {
		const kept = sessionStorage.getItem(key);
		if (kept) return kept;
		const made = v4() + v4();
		sessionStorage.setItem(key, made);
		return made;
	} catch {
		// Where a browser keeps nothing, a lost answer means a new invitation.
		return v4() + v4();
	}
}
