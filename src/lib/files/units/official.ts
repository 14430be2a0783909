import type { Day } from '../../domain/day';
import type { CodeRow, Edition, ParentRow, SuccessionRow, UnitRow } from '../../domain/unit';
import { WITHOUT_CODE } from './kinds';
import type { Known } from './known';
import type { Listed } from './listed';
import type { Settled } from './plan';
import { relationOf } from './successions';

/** What an official list writes of units that have a code, and of those that it leaves behind. */
export type OfficialRows = {
	units: UnitRow[];
	parents: ParentRow[];
	codes: CodeRow[];
	successions: SuccessionRow[];
	/** Units that are no more from the first day of the edition on. */
	ended: string[];
};

export function officialRows(
	settled: Settled,
	edition: Edition,
	editions: Edition[]
): OfficialRows {
	const { known, identified, listed } = settled;
	const coded = listed.filter(({ code }) => code !== '');
	const carried = carriedOn(settled, edition);
	const here = new Set([
		...coded.map((one) => identified.ids.get(one) ?? ''),
		...carried.map(([, , unit_id]) => unit_id)
	]);
	const closed = editions.filter((one) => one.edition !== edition.edition);
	const left = known.lists.codes
		.filter(([name]) => closed.some((one) => one.edition === name))
		.map(([, , unit_id]) => unit_id);
	const changed = [...new Set([...carried.map(([, , unit_id]) => unit_id), ...left])];
	return {
		units: [
			...coded.map((one) => unitRow(settled, one, edition, editions)),
			...changed.flatMap((unit_id) =>
				coded.some((one) => identified.ids.get(one) === unit_id)
					? []
					: knownRow(known, unit_id, editions, here.has(unit_id) ? [edition] : [])
			)
		],
		parents: [
			...left.flatMap((unit_id) => cutRows(known, unit_id, edition.in_force_from)),
			...coded.flatMap((one) => parentRow(settled, one, edition))
		],
		codes: [
			...coded.map((one): CodeRow => [
				edition.edition,
				one.code,
				identified.ids.get(one) ?? '',
				one.name
			]),
			...carried
		],
		successions: successionRows(settled, edition),
		ended: left.filter((unit_id) => !here.has(unit_id))
	};
}

/** A list without the city itself names it as the parent: the city goes on under that code. */
function carriedOn({ known, aboves }: Settled, edition: Edition): CodeRow[] {
	const ids = [...aboves.values()].flatMap((above) => ('unit_id' in above ? [above.unit_id] : []));
	return [...new Set(ids)].flatMap((unit_id): CodeRow[] => {
		const unit = known.units.get(unit_id);
		const [code] = known.codesOf(unit_id);
		return unit?.level === 'city' && code
			? [[edition.edition, code.code, unit_id, code.official_name]]
			: [];
	});
}

function unitRow(settled: Settled, one: Listed, edition: Edition, editions: Edition[]): UnitRow {
	const { known, identified, aboves } = settled;
	const unit_id = identified.ids.get(one) ?? '';
	const unit = known.units.get(unit_id);
	const until = lastDay(known, unit_id, editions, [edition]);
	// An old list that is read again does not take a newer name away.
	const newest = isNewest(known, unit_id, edition);
	return [
		unit_id,
		one.level,
		unit && !newest ? unit.kind : one.kind,
		unit && !newest ? unit.name : one.name,
		(newest ? one.name_en : null) ?? unit?.name_en ?? one.name_en,
		one.counted ?? unit?.counted ?? true,
		unit ? unit.from_day : isFirstList(one) ? null : edition.in_force_from,
		until
	];

	/** How long a place was what the first list of its city says is not known. */
	function isFirstList(at: Listed): boolean {
		const above = aboves.get(at);
		if (above) return 'listed' in above && isFirstList(above.listed);
		return known.codesOf(identified.ids.get(at) ?? '').length === 0;
	}
}

function isNewest(known: Known, unit_id: string, edition: Edition): boolean {
	return known
		.codesOf(unit_id)
		.every(
			(one) => (known.editions.get(one.edition)?.in_force_from ?? '') <= edition.in_force_from
		);
}

function knownRow(known: Known, unit_id: string, editions: Edition[], more: Edition[]): UnitRow[] {
	const unit = known.units.get(unit_id);
	if (!unit) return [];
	const { level, kind, name, name_en, counted, from_day } = unit;
	const until = lastDay(known, unit_id, editions, more);
	return [[unit_id, level, kind, name, name_en, counted, from_day, until]];
}

/** The first day after the last edition that lists a unit; null while that is in force. */
function lastDay(known: Known, unit_id: string, editions: Edition[], more: Edition[]): Day | null {
	const listing = known.codesOf(unit_id).flatMap(({ edition: name }) => {
		const one = editions.find(({ edition }) => edition === name) ?? known.editions.get(name);
		return one ? [one] : [];
	});
	const ends = [...listing, ...more].map(({ in_force_to }) => in_force_to);
	return ends.includes(null) ? null : (ends.sort().at(-1) ?? null);
}

/** Places without an end in an edition that closes end with it. */
function cutRows(known: Known, unit_id: string, day: Day): ParentRow[] {
	return known
		.parentsOf(unit_id)
		.filter(([, , from, to]) => to === null && (from === null || from < day))
		.map(([, parent_id, from]) => [unit_id, parent_id, from, day]);
}

function parentRow(settled: Settled, one: Listed, edition: Edition): ParentRow[] {
	const { known, identified, aboves } = settled;
	const unit_id = identified.ids.get(one) ?? '';
	const above = aboves.get(one);
	const said = above && ('listed' in above ? identified.ids.get(above.listed) : above.unit_id);
	if (!said) return [];
	const unit = known.units.get(unit_id);
	const first = known
		.codesOf(unit_id)
		.every(
			(code) => (known.editions.get(code.edition)?.in_force_from ?? '') >= edition.in_force_from
		);
	const began = unit ? unit.from_day : unitRow(settled, one, edition, [])[6];
	const from = first && began === null ? null : edition.in_force_from;
	return [[unit_id, grouped(known, unit_id, said, edition) ?? said, from, edition.in_force_to]];
}

/** The area that a city has put a ward under stays, when a list of wards knows no areas. */
function grouped(
	known: Known,
	unit_id: string,
	said: string,
	edition: Edition
): string | undefined {
	const parent_id = known.parentOn(unit_id, edition.in_force_from);
	const parent = parent_id ? known.units.get(parent_id) : undefined;
	return parent &&
		WITHOUT_CODE.includes(parent.kind) &&
		known.parentOn(parent.unit_id, edition.in_force_from) === said
		? parent.unit_id
		: undefined;
}

function successionRows({ known, identified, edges }: Settled, edition: Edition): SuccessionRow[] {
	const rows = new Map<string, SuccessionRow>();
	for (const edge of edges) {
		const relation = relationOf(edge, edges, known);
		const successor_id = identified.ids.get(edge.to);
		if (relation === 'kept' || !successor_id || successor_id === edge.from) continue;
		const basis = edge.basis || edition.source;
		rows.set(`${edge.from} ${successor_id}`, [
			edge.from,
			successor_id,
			edition.in_force_from,
			relation,
			basis
		]);
	}
	return [...rows.values()];
}
