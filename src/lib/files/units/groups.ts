import type { ParentRow, UnitRow } from '../../domain/unit';
import type { Listed } from './listed';
import type { Settled } from './plan';

/** What a file writes of units without a code: groups, and areas that a city makes for itself. */
export function groupsOf(settled: Settled): { units: UnitRow[]; parents: ParentRow[] } {
	const { listed, identified } = settled;
	const own = listed.filter(({ code }) => code === '');
	return {
		units: own.map((one) => groupRow(settled, one, identified.ids.get(one) ?? '')),
		parents: own.flatMap((one) => placeRows(settled, one, identified.ids.get(one) ?? ''))
	};
}

function groupRow({ known, edition }: Settled, one: Listed, unit_id: string): UnitRow {
	const unit = known.units.get(unit_id);
	const began = one.level === 'area' ? (edition?.in_force_from ?? null) : null;
	return [
		unit_id,
		one.level,
		one.kind,
		one.name,
		one.name_en ?? unit?.name_en ?? null,
		one.counted ?? unit?.counted ?? true,
		one.from_day ?? (unit ? unit.from_day : began),
		one.to_day ?? unit?.to_day ?? null
	];
}

/** A place is written once; what a file says of days later moves its beginning or its end. */
function placeRows({ known, aboves, identified, edition }: Settled, one: Listed, unit_id: string) {
	const above = aboves.get(one);
	const parent_id = above && ('listed' in above ? identified.ids.get(above.listed) : above.unit_id);
	if (!parent_id) return [];
	const rows = known.parentsOf(unit_id);
	const began = one.from_day ?? (one.level === 'area' ? (edition?.in_force_from ?? null) : null);
	if (rows.length === 0) return [[unit_id, parent_id, began, one.to_day] satisfies ParentRow];
	const last = rows.find(
		([, its, , to]) => its === parent_id && (to === null || to === one.to_day)
	);
	return last ? [[unit_id, parent_id, last[2], one.to_day ?? last[3]] satisfies ParentRow] : [];
}

/**
 * Groups of a ward that is no more: when it went into one other ward as a whole, they stand there
 * from that day on. When it was split, only people know which group went where.
 */
export function movedGroups(settled: Settled, ended: string[]): ParentRow[] {
	const { known, edges, edition, identified, reading } = settled;
	if (!edition) return [];
	const day = edition.in_force_from;
	return ended.flatMap((ward_id) => {
		const ward = known.units.get(ward_id);
		const groups = known.lists.parents.filter(
			([unit_id, parent_id, from, to]) =>
				parent_id === ward_id &&
				to === null &&
				(from === null || from < day) &&
				known.units.get(unit_id)?.level === 'group'
		);
		if (!ward || groups.length === 0) return [];
		const successors = edges.filter(({ from }) => from === ward_id);
		const [only] = successors;
		const whole = only && successors.length === 1 && !only.partly;
		const successor_id = whole ? identified.ids.get(only.to) : undefined;
		reading.add(
			whole ? 'unit_groups_moved' : 'unit_groups_left',
			whole ? only.to.row : null,
			null,
			{
				weight: 'note',
				value: ward.name,
				details: { count: groups.length }
			}
		);
		if (!successor_id) return [];
		return groups.flatMap(([unit_id, , from]): ParentRow[] => [
			[unit_id, ward_id, from, day],
			[unit_id, successor_id, day, null]
		]);
	});
}
