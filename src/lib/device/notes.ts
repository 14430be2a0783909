import type { Surroundings } from './holder';

/**
 * The browser's local storage, or a memory of this page alone where a browser forbids it: then the
 * phone has to ask who is signed in each time, and nothing else is missing.
 */
export function browserNotes(): Surroundings['notes'] {
	try {
		const { localStorage } = window;
		localStorage.getItem('');
		return localStorage;
	} catch {
		const notes = new Map<string, string>();
		return {
			getItem: (key) => notes.get(key) ?? null,
			setItem: (key, value) => void notes.set(key, value),
			removeItem: (key) => void notes.delete(key)
		};
	}
}
