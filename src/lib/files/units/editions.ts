import type { Edition } from '../../domain/unit';
import type { UnitChoice } from './check';
import type { Known } from './known';
import type { Listed, UnitReading } from './listed';

/**
 * The edition that a file is imported as. One that the city has keeps its days, so that an old list
 * can be read again; a new one must come after those that list the same city.
 */
export function editionFor(
	reading: UnitReading,
	known: Known,
	listed: Listed[],
	{ edition }: UnitChoice
): Edition | null {
	if (!edition) {
		const coded = listed.find(({ code }) => code !== '');
		if (coded) reading.add('unit_edition_missing', coded.row, 'code', { value: coded.code });
		return null;
	}
	const before = known.editions.get(edition.edition);
	if (before)
		return { ...edition, in_force_from: before.in_force_from, in_force_to: before.in_force_to };
	const { in_force_from, in_force_to } = edition;
	if (in_force_to !== null && in_force_to <= in_force_from)
		reading.add('unit_edition_days', null, null);
	const open = known.lists.editions.find((one) => one.in_force_to === null);
	if (in_force_to === null && open && open.in_force_from >= in_force_from)
		reading.add('unit_edition_overlap', null, null, { details: { name: open.name } });
	const later = laterOf(known, listed, edition);
	if (later) reading.add('unit_edition_order', null, null, { details: { name: later.name } });
	return edition;
}

/** The edition that the new one makes way for: it ends on the day on which the new one begins. */
export function closedBy(known: Known, edition: Edition): Edition[] {
	if (edition.in_force_to !== null) return [];
	return known.lists.editions
		.filter((one) => one.in_force_to === null && one.edition !== edition.edition)
		.map((one) => ({ ...one, in_force_to: edition.in_force_from }));
}

/** An edition after this one that lists the same city, whose units would begin before their parents. */
function laterOf(known: Known, listed: Listed[], edition: Edition): Edition | undefined {
	const cities = listed.filter(({ level }) => level === 'city').map(({ code }) => code);
	const later = cities
		.flatMap((code) => known.named(code))
		.map((one) => known.editions.get(one.edition));
	return later.find((one) => one && one.in_force_from > edition.in_force_from);
}
