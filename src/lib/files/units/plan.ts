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

/** The rows that a file of units would write. A row that changes nothing is written, too, and counts as the same. */
export function planOf(draft: Draft): Rows {
	const settled = { ...draft, identified: identify(draft) };
	const { known, edition } = draft;
	const editions = edition ? [...closedBy(known, edition), edition] : [];
	const official = edition ? officialRows(settled, edition, editions) : null;
	const groups = groupsOf(settled);
	const moved = official ? movedGroups(settled, official.ended) : [];
	return {
		edition: edition?.edition ?? null,
		editions,
		units: [...(official?.units ?? []), ...groups.units],
		parents: [...(official?.parents ?? []), ...groups.parents, ...moved],
		codes: official?.codes ?? [],
		successions: official?.successions ?? [],
		denominators: figuresOf(settled)
	};
}
