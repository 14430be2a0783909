/** One measurement, as `npm run bench` prints it. `ok` is there only where there is a budget. */
export type Line = {
	name: string;
	value: number;
	unit: string;
	/** From what to what, of how much: for a reader who has only the line. */
	measured?: string;
	peer?: string;
	ratio?: number;
	budget?: number;
	ok?: boolean;
};

/** A measurement that must not be above its budget. */
export function within(name: string, value: number, unit: string, budget: number): Line {
	return { name, value: round(value), unit, budget, ok: value <= budget };
}

/** A measurement beside that of a peer in the same run, since machines are noisy. */
export function beside(name: string, value: number, unit: string, peer: string, its: number): Line {
	return { name, value: round(value), unit, peer, ratio: round(value / its) };
}

/** A measurement that must reach a share of that of a peer in the same run. */
export function atLeast(
	name: string,
	value: number,
	unit: string,
	peer: string,
	its: number,
	share: number
): Line {
	return { ...beside(name, value, unit, peer, its), budget: share, ok: value / its >= share };
}

/** A rate that must be reached (null: there is none), beside what this machine can do at most. */
export function reaches(
	name: string,
	value: number,
	unit: string,
	peer: string,
	its: number,
	budget: number | null
): Line {
	const line = beside(name, value, unit, peer, its);
	return budget === null ? line : { ...line, budget, ok: value >= budget };
}

/** The same, when the share of the peer's that it may be at most is the budget. */
export function besideWithin(
	name: string,
	value: number,
	unit: string,
	peer: string,
	its: number,
	budget: number
): Line {
	const line = beside(name, value, unit, peer, its);
	return { ...line, budget: round(budget), ok: value / its <= budget };
}

/** What a piece of work has used of the processor; no line where the machine does not tell. */
export function cpu(name: string, used: number | null, unit: string): Line[] {
	return used === null
		? []
		: [{ ...plain(name, used, unit), measured: 'processor time of the bench and PostgreSQL' }];
}

/** A line that says what was measured. */
export const said = (measured: string, line: Line): Line => ({ ...line, measured });

export function plain(name: string, value: number, unit: string): Line {
	return { name, value: round(value), unit };
}

/** The value below which a share of the measurements lies, 0.5 being the median. */
export function quantile(values: number[], share: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}

function round(value: number): number {
	return Number(value.toPrecision(4));
}
