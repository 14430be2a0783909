import type { Unsent } from './copied';

/** What the person is told once after the browser has lost this phone's database. */
export type Lost = {
	/** Whether there was a copy of what had not been sent. */
	copied: boolean;
	/** How much of it was brought back. */
	changes: number;
	drafts: number;
};

/** Where in `meta` it is noted until it was read. */
export const LOST = 'lost';

export function lostOf(copy: Pick<Unsent, 'generation' | 'drafts'> | null, changes: number): Lost {
	return {
		copied: copy?.generation !== undefined,
		changes,
		drafts: copy?.drafts.size ?? 0
	};
}

/** The note of the browser that there was a database here; so that its loss does not go unsaid. */
export function keptNote(name: string): string {
	return `${name}.kept`;
}
