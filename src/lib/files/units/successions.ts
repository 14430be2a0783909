import type { UnitProblem } from '../../domain/problems';
import { fold } from '../../domain/text';
import type { Edition, Relation } from '../../domain/unit';
import type { Sheet } from '../mapping';
import type { Reading } from '../reading';
import type { SuccessionField } from './fields';
import { nameKey, type Known } from './known';
import type { Kinds } from './kinds';
import type { Listed, UnitReading } from './listed';

/** One unit of before that all, or a part, of a listed unit comes from. */
export type Edge = { from: string; to: Listed; partly: boolean; basis: string };

export type SuccessionReading = Reading<SuccessionField, UnitProblem>;

/** The units that were there until an edition came into force, by what files call them. */
export class Before {
	#known: Known;
	#kinds: Kinds;
	#edition: Edition;

	constructor(known: Known, kinds: Kinds, edition: Edition) {
		[this.#known, this.#kinds, this.#edition] = [known, kinds, edition];
	}

	/** The ids of the units that a code or a name meant on the last day before; best one alone. */
	find(text: string): string[] {
		const code = /^\d{2,5}/.exec(text)?.[0];
		const ids = code ? this.#coded(code) : this.#named(text);
		return [...new Set(ids)];
	}

	/** Whether a name can be meant for a unit. */
	isNamed(unit_id: string, name: string): boolean {
		const names = this.#known.codesOf(unit_id).map(({ official_name }) => official_name);
		const bare = this.#kinds.bare(name);
		return [...names, this.#known.units.get(unit_id)?.name ?? ''].some(
			(one) => nameKey(one) === nameKey(name) || this.#kinds.bare(one) === bare
		);
	}

	#coded(code: string): string[] {
		return this.#known
			.named(code)
			.filter(({ edition }) => this.#isJustBefore(edition))
			.map(({ unit_id }) => unit_id);
	}

	#named(name: string): string[] {
		return [...this.#known.units.values()]
			.filter(({ unit_id, level }) => level === 'ward' && this.isNamed(unit_id, name))
			.filter(({ unit_id }) =>
				this.#known.codesOf(unit_id).some(({ edition }) => this.#isJustBefore(edition))
			)
			.map(({ unit_id }) => unit_id);
	}

	/** In force until the day on which the new edition begins, or still open and closed by it. */
	#isJustBefore(name: string): boolean {
		const edition = this.#known.editions.get(name);
		if (!edition || name === this.#edition.edition) return false;
		const day = this.#edition.in_force_from;
		return edition.in_force_from < day && (edition.in_force_to ?? day) === day;
	}
}

/** Reads "20194 Phường Hòa Hiệp Bắc; 20296 Xã Hòa Liên (một phần)" of each row that has such a cell. */
export function edgesInRows(reading: UnitReading, listed: Listed[], before: Before): Edge[] {
	return listed.flatMap((to) =>
		to.predecessors
			.split(/[;\n]/)
			.map((part) => part.trim())
			.filter(Boolean)
			.flatMap((part) => {
				const partly = /mot phan|part/.test(fold(part));
				const text = part.replace(/\s*\([^)]*\)\s*$/u, '');
				const from = before.find(text);
				if (from.length === 1 && from[0]) return [{ from: from[0], to, partly, basis: '' }];
				reading.add(
					from.length === 0 ? 'unit_predecessor_unknown' : 'unit_predecessor_ambiguous',
					to.row,
					'predecessors',
					{ value: text }
				);
				return [];
			})
	);
}

/** Reads a list of which unit became which. */
export function edgesInSheet(
	reading: SuccessionReading,
	sheet: Sheet,
	listed: Listed[],
	before: Before
): Edge[] {
	const byCode = new Map(listed.map((one) => [one.code, one]));
	return sheet.rows.flatMap((row) => {
		const old_code = reading.needed(row, 'old_code');
		const new_code = reading.needed(row, 'new_code');
		const old_name = reading.text(row, 'old_name');
		const to = byCode.get(new_code);
		const [from, another] = old_code ? before.find(old_code) : [];
		if (new_code && !to)
			reading.add('unit_successor_unknown', row, 'new_code', { value: new_code });
		if (old_code && !from)
			reading.add('unit_predecessor_unknown', row, 'old_code', { value: old_code });
		if (another) reading.add('unit_predecessor_ambiguous', row, 'old_code', { value: old_code });
		if (!from || !to || another) return [];
		if (old_name && !before.isNamed(from, old_name))
			reading.add('unit_predecessor_other_name', row, 'old_name', {
				value: old_name,
				details: { code: old_code }
			});
		return [{ from, to, partly: false, basis: reading.text(row, 'basis', 500) }];
	});
}

/**
 * What an edge is: a unit of which parts went to several is split; several into one are merged, even
 * under the name of one of them; one into one with the same name is the same unit.
 */
export function relationOf(edge: Edge, edges: Edge[], known: Known): Relation {
	if (edge.partly || edges.some((one) => one.from === edge.from && one.to !== edge.to))
		return 'split';
	if (edges.some((one) => one.to === edge.to && one.from !== edge.from)) return 'merged';
	const name = known.units.get(edge.from)?.name ?? '';
	return nameKey(name) === nameKey(edge.to.name) ? 'kept' : 'renamed';
}
