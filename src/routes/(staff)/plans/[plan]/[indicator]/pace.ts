import type { PaceAnswer, PaceRow } from '$lib/data/plan_answers';
import type { Day } from '$lib/domain/day';
import { forecast, weeksUntil, type Forecast, type NoForecast } from '$lib/domain/forecast';

/** A ward's forecast against its target, or why there is none. */
export type Paced = {
	row: PaceRow;
	/** As the plan writes it: a share in percent, or a count. */
	target: number | null;
	due: Day | null;
	told: Forecast | NoForecast | 'no_target' | 'no_denominator';
};

type Aim = { value: number; year: number } | null;

/** The target of the year that runs or the next one, of a unit. */
export function aimOf(answer: PaceAnswer, unit_id: string, today: Day): Aim {
	const own = answer.targets
		.filter((target) => target.unit_id === unit_id)
		.sort((a, b) => a.year - b.year);
	return own.find(({ year }) => year >= Number(today.slice(0, 4))) ?? own.at(-1) ?? null;
}

/** Every ward in reach; a ward without a target of its own is held against the city's. */
export function pacedWards(answer: PaceAnswer, city_id: string | null, today: Day): Paced[] {
	const ofCity = city_id ? aimOf(answer, city_id, today) : null;
	// A share of the city is a share of each ward; a count is not.
	const shared = answer.unit === 'percent' ? ofCity : null;
	return answer.rows.map((row) =>
		paced(answer, row, aimOf(answer, row.ward_id, today) ?? shared, today)
	);
}

/** The wards of which the denominator is known, together: without one of them the share would be wrong. */
export function pacedCity(answer: PaceAnswer, city_id: string, today: Day): Paced {
	const share = answer.unit === 'percent';
	const known = answer.rows.filter(({ denominator }) => !share || denominator);
	const add = (pick: (row: PaceRow) => number) => known.reduce((sum, row) => sum + pick(row), 0);
	const eight = (pick: (row: PaceRow) => number[]) =>
		Array.from({ length: 8 }, (_, n) => add((row) => pick(row)[n] ?? 0));
	const row: PaceRow = {
		...{ ward_id: city_id, name: '', counted: add(({ counted }) => counted) },
		denominator: share ? add(({ denominator }) => denominator ?? 0) || null : null,
		...{ denominator_source: null, denominator_as_of: null },
		...{ weeks: eight(({ weeks }) => weeks), visits: eight(({ visits }) => visits) }
	};
	return paced(answer, row, aimOf(answer, city_id, today), today);
}

function paced(answer: PaceAnswer, row: PaceRow, aim: Aim, today: Day): Paced {
	if (!aim) return { row, target: null, due: null, told: 'no_target' };
	const due: Day = `${aim.year}-12-31`;
	const at = { row, target: aim.value, due };
	const share = answer.unit === 'percent';
	if (share && !row.denominator) return { ...at, told: 'no_denominator' };
	const target = share ? (aim.value / 100) * (row.denominator ?? 0) : aim.value;
	const denominator = share ? row.denominator : null;
	const { counted, weeks, visits } = row;
	return {
		...at,
		told: forecast({
			counted,
			weeks,
			visits,
			denominator,
			target,
			weeks_left: weeksUntil(today, due)
		})
	};
}
