import type { Day } from '../../domain/day';
import { fold } from '../../domain/text';
import { isOn, type Edition, type Level, type UnitLists, type UnitRow } from '../../domain/unit';

export type KnownUnit = {
	unit_id: string;
	level: Level;
	kind: string;
	name: string;
	name_en: string | null;
	counted: boolean;
	from_day: Day | null;
	to_day: Day | null;
};

/** The city's units with the questions that a new file asks of them. */
export class Known {
	readonly lists: UnitLists;
	readonly units: Map<string, KnownUnit>;
	readonly editions: Map<string, Edition>;
	#byCode = new Map<string, { edition: string; unit_id: string; official_name: string }[]>();
	#codes = new Map<string, { edition: string; code: string; official_name: string }[]>();
	#parents = new Map<string, UnitLists['parents']>();
	#children = new Map<string, UnitLists['parents']>();
	#officialNames = new Set<string>();
	#namedUnder = new Map<string, Map<string, KnownUnit[]>>();

	constructor(lists: UnitLists) {
		this.lists = lists;
		this.units = new Map(lists.units.map((row) => [row[0], unitOf(row)]));
		this.editions = new Map(lists.editions.map((edition) => [edition.edition, edition]));
		for (const [edition, code, unit_id, official_name] of lists.codes) {
			push(this.#byCode, code, { edition, unit_id, official_name });
			push(this.#codes, unit_id, { edition, code, official_name });
			this.#officialNames.add(nameKey(official_name));
		}
		for (const row of lists.parents) {
			push(this.#parents, row[0], row);
			push(this.#children, row[1], row);
		}
	}

	/** The places that a code has named, one for each edition. */
	named(code: string) {
		return this.#byCode.get(code) ?? [];
	}

	codesOf(unit_id: string) {
		return this.#codes.get(unit_id) ?? [];
	}

	/** Whether some edition has given the name to a place. */
	hasOfficialName(name: string): boolean {
		return this.#officialNames.has(nameKey(name));
	}

	unitOf(edition: string, code: string): string | undefined {
		return this.named(code).find((one) => one.edition === edition)?.unit_id;
	}

	/** When a unit stood under which, in no order. */
	parentsOf(unit_id: string) {
		return this.#parents.get(unit_id) ?? [];
	}

	parentOn(unit_id: string, day: Day): string | undefined {
		return this.parentsOf(unit_id).find(([, , from, to]) => isOn(day, from, to))?.[1];
	}

	childrenOn(unit_id: string, day: Day): KnownUnit[] {
		return (this.#children.get(unit_id) ?? []).flatMap(([child, , from, to]) => {
			const unit = isOn(day, from, to) ? this.units.get(child) : undefined;
			return unit && isOn(day, unit.from_day, unit.to_day) ? [unit] : [];
		});
	}

	/** The units of a name and level under a parent on a day. */
	namedUnder(parent_id: string, day: Day, level: Level, name: string): KnownUnit[] {
		const key = `${parent_id} ${day}`;
		let names = this.#namedUnder.get(key);
		if (!names) {
			names = new Map();
			for (const unit of this.childrenOn(parent_id, day))
				push(names, `${unit.level} ${nameKey(unit.name)}`, unit);
			this.#namedUnder.set(key, names);
		}
		return names.get(`${level} ${nameKey(name)}`) ?? [];
	}

	/** Units that are there on a day. */
	on(day: Day): KnownUnit[] {
		return [...this.units.values()].filter(({ from_day, to_day }) => isOn(day, from_day, to_day));
	}
}

function unitOf(row: UnitRow): KnownUnit {
	const [unit_id, level, kind, name, name_en, counted, from_day, to_day] = row;
	return { unit_id, level, kind, name, name_en, counted, from_day, to_day };
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
	const list = map.get(key);
	if (list) list.push(value);
	else map.set(key, [value]);
}

/** A name as it is compared: without marks, case and signs. */
export function nameKey(name: string): string {
	return fold(name)
		.replace(/[^\p{L}\p{N}]+/gu, ' ')
		.trim();
}
