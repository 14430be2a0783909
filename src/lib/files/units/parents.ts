import type { Day } from '../../domain/day';
import { isAbove, type Edition, type Level } from '../../domain/unit';
import type { TableRow } from '../table';
import { nameKey, type Known } from './known';
import type { Kinds } from './kinds';
import type { Listed, UnitReading } from './listed';

/** What stands above a listed unit: another row of the file, or a unit that the city has. */
export type Above = { listed: Listed } | { unit_id: string };

/** Where the words of a file lead: to its own rows first, then to the units of the day. */
export class Places {
	#reading: UnitReading;
	#known: Known;
	#kinds: Kinds;
	#edition: Edition | null;
	#listed: Listed[];
	#day: Day;
	#byName = new Map<string, { above: Above; level: Level }[]>();
	#byCode = new Map<string, Above>();

	constructor(
		reading: UnitReading,
		known: Known,
		kinds: Kinds,
		listed: Listed[],
		{ edition, day }: { edition: Edition | null; day: Day }
	) {
		[this.#reading, this.#known, this.#kinds] = [reading, known, kinds];
		[this.#listed, this.#edition, this.#day] = [listed, edition, day];
		for (const one of listed) {
			if (one.level === 'group') continue;
			if (one.code) this.#byCode.set(one.code, { listed: one });
			this.#name(one.name, one.level, { listed: one });
		}
		for (const unit of known.on(day)) {
			if (unit.level === 'group') continue;
			const codes = known.codesOf(unit.unit_id).map(({ code }) => code);
			const rows = (this.#byName.get(nameKey(unit.name)) ?? []).flatMap(({ above }) =>
				'listed' in above ? [above.listed] : []
			);
			// A row of the file speaks for the unit that has its name, and its code if it has one.
			const spoken = rows.some(
				({ level, code }) => level === unit.level && (code === '' || codes.includes(code))
			);
			if (!spoken) this.#name(unit.name, unit.level, { unit_id: unit.unit_id });
		}
	}

	#name(name: string, level: Level, above: Above): void {
		for (const key of new Set([nameKey(name), this.#kinds.bare(name)])) {
			this.#byName.set(key, [...(this.#byName.get(key) ?? []), { above, level }]);
		}
	}

	/** What stands above each listed unit; those without an answer have a problem or are cities. */
	aboves(): Map<Listed, Above> {
		const aboves = new Map<Listed, Above>();
		for (const one of this.#listed) {
			const above = one.level === 'city' ? null : this.#above(one);
			if (above) aboves.set(one, above);
		}
		this.#checkLevels(aboves);
		return aboves;
	}

	#above(one: Listed): Above | null {
		if (one.parent !== '') return this.#find(one.parent, one.level, one.row);
		const sole = one.level === 'group' ? [] : this.#cities();
		if (sole.length === 1) return sole[0] ?? null;
		this.#reading.add('unit_parent_missing', one.row, 'parent');
		return null;
	}

	#cities(): Above[] {
		const listed = this.#listed.filter(({ level }) => level === 'city');
		if (listed.length > 0) return listed.map((one) => ({ listed: one }));
		return this.#known
			.on(this.#day)
			.filter(({ level }) => level === 'city')
			.map(({ unit_id }) => ({ unit_id }));
	}

	/** The place above a level that a code or a name means. */
	#find(text: string, level: Level, row: TableRow): Above | null {
		const problem = (code: 'unit_parent_unknown' | 'unit_parent_ambiguous') =>
			this.#reading.add(code, row, 'parent', { value: text });
		if (/^\d+$/.test(text)) {
			const above = this.#coded(text);
			if (above) return above;
			const whole = [2, 3, 5]
				.map((length) => text.padStart(length, '0'))
				.find((code) => code !== text && this.#coded(code));
			if (whole)
				this.#reading.add('unit_code_lost_zero', row, 'parent', {
					value: text,
					details: { whole, length: whole.length }
				});
			else problem('unit_parent_unknown');
			return null;
		}
		const named = [nameKey(text), this.#kinds.bare(text)]
			.map((key) => (this.#byName.get(key) ?? []).filter((one) => isAbove(one.level, level)))
			.find((found) => found.length > 0);
		if (!named) return (problem('unit_parent_unknown'), null);
		// The nearest level above: a ward and its district may go by one name.
		const nearest = ['ward', 'area', 'city'].find((one) => named.some((it) => it.level === one));
		const found = named.filter((it) => it.level === nearest);
		if (found.length > 1) return (problem('unit_parent_ambiguous'), null);
		return found[0]?.above ?? null;
	}

	#coded(code: string): Above | undefined {
		const own = this.#byCode.get(code);
		if (own) return own;
		const named = this.#known.named(code);
		const inEdition = named.find((one) => one.edition === this.#edition?.edition);
		if (inEdition) return { unit_id: inEdition.unit_id };
		// A list without the level above names it by the code that it went by.
		const there = named.filter(({ unit_id, edition }) => {
			const unit = this.#known.units.get(unit_id);
			const listed = this.#known.editions.get(edition);
			return unit && listed && (unit.level === 'city' || listed.in_force_to === null);
		});
		const ids = [...new Set(there.map(({ unit_id }) => unit_id))];
		return ids.length === 1 && ids[0] ? { unit_id: ids[0] } : undefined;
	}

	/** Everything stands on a level above; what leads back to itself is told as such. */
	#checkLevels(aboves: Map<Listed, Above>): void {
		const wrong = [...aboves].filter(([one, above]) => {
			const level =
				'listed' in above ? above.listed.level : this.#known.units.get(above.unit_id)?.level;
			return level && !isAbove(level, one.level);
		});
		for (const [one] of wrong) {
			const code = leadsBack(one, aboves) ? 'unit_parent_cycle' : 'unit_parent_level';
			this.#reading.add(code, one.row, 'parent', { value: one.parent });
		}
		for (const [one] of wrong) aboves.delete(one);
	}
}

function leadsBack(one: Listed, aboves: Map<Listed, Above>): boolean {
	const seen = new Set<Listed>();
	for (let at: Listed | undefined = one; at && !seen.has(at);) {
		seen.add(at);
		const above: Above | undefined = aboves.get(at);
		at = above && 'listed' in above ? above.listed : undefined;
		if (at === one) return true;
	}
	return false;
}
