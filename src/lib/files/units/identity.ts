import { nameKey } from './known';
import type { Listed } from './listed';
import type { Draft } from './plan';
import { relationOf } from './successions';

/** The unit that each row of a file is, and which of them the city does not have yet. */
export type Identified = { ids: Map<Listed, string>; fresh: Set<string> };

/**
 * Finds out which unit each row is. With a code: the one that the edition already gives it; else the
 * one that it was kept from; else, when the file tells of no succession, the one with the same code
 * and name in the edition before. Without: the one with the same name under the same parent.
 */
export function identify(draft: Draft): Identified {
	const ids = new Map<Listed, string>();
	const fresh = new Set<string>();
	const taken = new Set<string>();
	// Parents first: a group is known by its name and its ward.
	for (const level of ['city', 'area', 'ward', 'group'] as const) {
		for (const one of draft.listed) {
			if (one.level !== level) continue;
			const found = one.code ? byCode(draft, one) : byName(draft, one, ids);
			const unit_id = found && !taken.has(found) ? found : draft.makeId();
			if (unit_id !== found) {
				fresh.add(unit_id);
				noteReuse(draft, one);
			}
			taken.add(unit_id);
			ids.set(one, unit_id);
		}
	}
	return { ids, fresh };
}

function byCode(draft: Draft, one: Listed): string | undefined {
	const { known, edges, edition, reading } = draft;
	const there = edition && known.unitOf(edition.edition, one.code);
	if (there) return there;
	const its = edges.filter(({ to }) => to === one);
	if (its.length > 0) return its.find((edge) => relationOf(edge, edges, known) === 'kept')?.from;
	// A list of successions that leaves a ward out says that it is new.
	if (one.level === 'ward' && edges.length > 0) return undefined;
	const same = known
		.named(one.code)
		.filter(({ official_name }) => nameKey(official_name) === nameKey(one.name))
		.map(({ unit_id }) => unit_id)
		.find((unit_id) => known.units.get(unit_id)?.level === one.level);
	if (same && one.level === 'ward')
		reading.add('unit_taken_for_same', one.row, 'code', { weight: 'note', value: one.code });
	return same ?? (one.level === 'city' ? cityWithoutCode(draft, one) : undefined);
}

/** A city that was set up by its name alone gets its code from its first list. */
function cityWithoutCode({ known }: Draft, one: Listed): string | undefined {
	return [...known.units.values()].find(
		({ unit_id, level, name }) =>
			level === 'city' && known.codesOf(unit_id).length === 0 && nameKey(name) === nameKey(one.name)
	)?.unit_id;
}

/** A new unit under a code or a name that was another place's: worth knowing, and no mistake. */
function noteReuse({ known, reading }: Draft, { row, code, name }: Listed): void {
	if (code === '') return;
	if (known.named(code).length > 0)
		reading.add('unit_code_reused', row, 'code', { weight: 'note', value: code });
	if (known.hasOfficialName(name))
		reading.add('unit_name_reused', row, 'name', { weight: 'note', value: name });
}

function byName(draft: Draft, one: Listed, ids: Map<Listed, string>): string | undefined {
	const { known, aboves, edition, choice, reading } = draft;
	const above = aboves.get(one);
	const parent_id = above && ('listed' in above ? ids.get(above.listed) : above.unit_id);
	if (!parent_id) return undefined;
	const day = edition?.in_force_from ?? choice.as_of ?? choice.today;
	const named = known.namedUnder(parent_id, day, one.level, one.name);
	if (named.length > 1) reading.add('unit_name_ambiguous', one.row, 'name', { value: one.name });
	return named[0]?.unit_id;
}
