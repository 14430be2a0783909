import { readCsv } from '../csv';
import { keyOf } from './ids';
import type { ListedUnit } from './lists';

/** What became of a unit when the next edition came into force, by key of edition and code. */
export type Succession = {
	from: string;
	to: string;
	to_edition: string;
	/** `kept`: nothing but the edition changed, so it is one unit. The others lead to a new unit. */
	relation: 'kept' | 'merged' | 'split' | 'renamed';
	basis: string;
};

type Edge = Omit<Succession, 'relation'>;

/**
 * Rows of the crosswalk to 2025-07 that the resolution itself contradicts (`NOTICE.md`): a
 * commune of Quế Sơn taken for the city ward of the same name, and a commune that had ended before.
 */
const MISTAKEN = [
	{ old_code: '20669', new_code: '20242' },
	{ old_code: '20674', new_code: '20669' }
];

/** The successions of wards (and of Hoàng Sa) between the editions. */
export function readSuccessions(units: ListedUnit[]): Succession[] {
	const names = new Map(units.map((unit) => [keyOf(unit.edition, unit.code), unit.name]));
	return [readJanuary(), readJuly()].flatMap((edges) =>
		edges.map((edge) => ({ ...edge, relation: relationOf(edge, edges, names) }))
	);
}

function relationOf(
	{ from, to }: Edge,
	edges: Edge[],
	names: Map<string, string>
): Succession['relation'] {
	if (edges.filter((edge) => edge.from === from).length > 1) return 'split';
	// The old name may live on in a merger; the place is a larger one all the same.
	if (edges.filter((edge) => edge.to === to).length > 1) return 'merged';
	return names.get(from) === names.get(to) ? 'kept' : 'renamed';
}

function readJanuary(): Edge[] {
	return readCsv<'old_code' | 'new_code' | 'basis'>(
		'./units/crosswalk_danang_2023_to_2025-01.csv'
	).map((row) => ({
		from: keyOf('dn-2023', row.old_code),
		to: keyOf('dn-2025-01', row.new_code),
		to_edition: 'dn-2025-01',
		basis: row.basis
	}));
}

function readJuly(): Edge[] {
	return readCsv<'old_province_code' | 'old_code' | 'new_code'>(
		'./units/crosswalk_to_danang_2025-07.csv'
	)
		.filter(
			(row) => !MISTAKEN.some((it) => it.old_code === row.old_code && it.new_code === row.new_code)
		)
		.map((row) => ({
			from: keyOf(row.old_province_code === '48' ? 'dn-2025-01' : 'qn-2025-03', row.old_code),
			to: keyOf('dn-2025-07', row.new_code),
			to_edition: 'dn-2025-07',
			basis: 'NQ 1659/NQ-UBTVQH15; dvhcvn/20250701 (MIT)'
		}));
}
