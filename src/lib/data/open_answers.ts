import type { Day } from '../domain/day';

/**
 * A ward in a month, as it was published. A figure that is null is withheld, so that nobody can be told
 * from it; without `counted` there are no teams, and none at all.
 */
export type OpenWard = {
	ward_id: string;
	code: string;
	name: string;
	counted: boolean;
	households: number | null;
	households_source: string | null;
	households_as_of: Day | null;
	/** Households reached by the end of the month. */
	reached: number | null;
	coverage: number | null;
	/** People whose account was made or activated in the month. */
	signed_up: number | null;
};

/** A month of a city that is over: `counted_on` once, and never changed since. */
export type OpenMonth = Pick<OpenWard, 'households' | 'reached' | 'coverage' | 'signed_up'> & {
	month: Day;
	counted_on: Day;
	edition: string | null;
	edition_name: string | null;
	edition_source: string | null;
	wards: OpenWard[];
};

/** What a city tells everybody; the newest month first. */
export type OpenFigures = {
	city_id: string;
	city_name: string;
	demo: boolean;
	months: OpenMonth[];
};

export type OpenFiguresAnswer = {
	/** Counts below this are withheld. */
	threshold: number;
	/** The cities that publish. */
	cities: { city_id: string; name: string }[];
	figures: OpenFigures | null;
};

/** Whether the caller's city publishes: since when, or null. */
export type PublishingAnswer = { city_id: string; since: string | null };
