/** What is needed of a ward or a group to say how far its households have been reached. */
export type Rated = {
	/** Null where no office has typed how many households there are. */
	households: number | null;
	reached: number;
	/** False for a place that is listed but left out of coverage. */
	counted?: boolean;
};

export type Reach = {
	/** Places whose number of households is known, and their sums. */
	places: number;
	reached: number;
	households: number;
	/** reached / households; null while no place has a number of households. */
	share: number | null;
	/** Counted places without one, and the households reached there. */
	without: number;
	reachedWithout: number;
};

/** Below this a rate says little: one household moves it by more than a tenth. */
export const FEW_HOUSEHOLDS = 10;

/**
 * Reached households over all households, only of the places where both are known: households
 * reached in a place without a denominator would make the rate of the others look better.
 */
export function reachOf(rows: Rated[]): Reach {
	const counted = rows.filter((row) => row.counted !== false);
	const known = counted.filter((row) => row.households);
	const unknown = counted.filter((row) => !row.households);
	const reached = sum(known.map((row) => row.reached));
	const households = sum(known.map((row) => row.households ?? 0));
	return {
		places: known.length,
		reached,
		households,
		share: households > 0 ? reached / households : null,
		without: unknown.length,
		reachedWithout: sum(unknown.map((row) => row.reached))
	};
}

export function sum(numbers: number[]): number {
	return numbers.reduce((total, number) => total + number, 0);
}

/** How much of a bar to fill, 0 to 1: more reached than typed must not break out of the bar. */
export function filled(share: number): number {
	return Math.min(1, Math.max(0, share));
}

/** Where the axis of a picture ends: 10, 25, 50 or 100 %, so that low rates can be told apart. */
export function axisEnd(shares: number[]): number {
	const most = Math.max(0, ...shares);
	return [0.1, 0.25, 0.5, 1].find((end) => most <= end) ?? most;
}
