import type { Level, UnitLists, UnitPlan } from '$lib/domain/unit';

/** What an import would do, in the numbers that a person can compare with the paper. */
export type Summary = {
	fresh: Record<Level, number>;
	changed: number;
	same: number;
	figures: number;
	successions: number;
};

export function summaryOf(plan: UnitPlan, lists: UnitLists): Summary {
	const before = new Set(lists.units.map(([unit_id]) => unit_id));
	const summary: Summary = {
		fresh: { city: 0, area: 0, ward: 0, group: 0 },
		changed: 0,
		same: plan.unchanged,
		figures: plan.figures
			.flatMap(({ rows }) => rows)
			.reduce((sum, [, households, adults]) => sum + count(households) + count(adults), 0),
		successions: plan.successions.length
	};
	for (const [unit_id, level] of plan.units) {
		if (before.has(unit_id)) summary.changed += 1;
		else summary.fresh[level] += 1;
	}
	return summary;
}

function count(value: number | null): number {
	return value === null ? 0 : 1;
}
