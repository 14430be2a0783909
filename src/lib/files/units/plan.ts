import type { Edition, UnitPlan } from '../../domain/unit';
import { closedBy } from './editions';
import { figuresOf } from './figures';
import { groupsOf, movedGroups } from './groups';
import { identify, type Identified } from './identity';
import type { UnitChoice } from './check';
import type { Known } from './known';
import type { Listed, UnitReading } from './listed';
import { officialRows } from './official';
import type { Above } from './parents';
import type { Edge } from './successions';

/** All that is known of a file once its words have been read. */
export type Draft = {
	reading: UnitReading;
	known: Known;
	listed: Listed[];
	aboves: Map<Listed, Above>;
	edges: Edge[];
	edition: Edition | null;
	choice: UnitChoice;
	makeId: () => string;
};

/** A draft with the units that its rows are. */
export type Settled = Draft & { identified: Identified };

type Rows = Omit<UnitPlan, 'version' | 'columns' | 'succession_columns'>;

/** What a file of units would write: only what differs from what there is, so that twice is once. */
export function planOf(draft: Draft): Rows {
	const settled = { ...draft, identified: identify(draft) };
	const { known, edition } = draft;
	const editions = edition ? [...closedBy(known, edition), edition] : [];
	const official = edition ? officialRows(settled, edition, editions) : null;
	const groups = groupsOf(settled);
	const moved = official ? movedGroups(settled, official.ended) : [];
	const all = [...(official?.units ?? []), ...groups.units];
	const units = without(all, known.lists.units);
	return {
		edition: edition?.edition ?? null,
		editions: without(editions, known.lists.editions),
		units,
		unchanged: all.length - units.length,
		parents: without(
			[...(official?.parents ?? []), ...groups.parents, ...moved],
			known.lists.parents
		),
		codes: without(official?.codes ?? [], known.lists.codes),
		successions: official?.successions ?? [],
		figures: figuresOf(settled)
	};
}

/** The rows that are not there word for word. */
function without<Row>(rows: Row[], there: Row[]): Row[] {
	if (rows.length === 0) return rows;
	const known = new Set(there.map((row) => JSON.stringify(row)));
	return rows.filter((row) => !known.has(JSON.stringify(row)));
}
