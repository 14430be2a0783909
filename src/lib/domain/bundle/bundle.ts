import type { Change, Verdict } from '../change';

/** Unsent work of one person from one phone, on a way of its own (docs/decisions/009-hand-in.md). */
export type Bundle = {
	v: 1;
	bundle_id: string;
	author_id: string;
	/** ISO time by the clock of the phone. */
	made_at: string;
	/** What is said to whoever brings it: to the phone it comes from the verdicts, to others counts. */
	answer: 'verdicts' | 'counts';
	/** In the order of writing. */
	changes: Change[];
};

/** What became of a bundle, in numbers; all that a carrier is told. */
export type Counts = {
	/** Now in the log, under their author's name. */
	taken: number;
	/** Were there before. */
	already: number;
	/** Not taken; they stay on the phone that they come from. */
	refused: number;
};

/** What the phone is told that a bundle comes from. */
export type HandedIn = {
	verdicts: Verdict[];
	/** Whether this phone is out of use for its person: it hands in what it holds, and is emptied. */
	ended: boolean;
	server_time: string;
};

export function countsOf(verdicts: Pick<Verdict, 'verdict'>[]): Counts {
	const counts: Counts = { taken: 0, already: 0, refused: 0 };
	for (const { verdict } of verdicts) {
		if (verdict === 'applied' || verdict === 'merged') counts.taken += 1;
		else if (verdict === 'duplicate') counts.already += 1;
		else counts.refused += 1;
	}
	return counts;
}

/** More than a sealed bundle ever holds (bytes), and than what is packed in it. */
export const SEALED_LIMIT = 2_000_000;
export const PACKED_LIMIT = 12_000_000;

/** How much work goes into one bundle, as JSON (bytes): thousands of records, far below the limits. */
export const BUNDLE_BYTES = 4_000_000;
