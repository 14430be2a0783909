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
	const before = new Map(lists.units.map((row) => [row[0], JSON.stringify(row)]));
	const summary: Summary = {
		fresh: { city: 0, area: 0, ward: 0, group: 0 },
		changed: 0,
		same: 0,
		figures: plan.denominators.length,
		successions: plan.successions.length
	};
	for (const row of plan.units) {
		const known = before.get(row[0]);
		if (known === undefined) summary.fresh[row[1]] += 1;
		else if (known === JSON.stringify(row)) summary.same += 1;
		else summary.changed += 1;
	}
	return summary;
}
