import type { Figures } from '../../domain/unit';
import type { Listed } from './listed';
import type { Settled } from './plan';

/** The numbers of households and adults that a file tells, by their source and their day. */
export function figuresOf(settled: Settled): Figures[] {
	const { listed, identified } = settled;
	const figures = new Map<string, Figures>();
	for (const one of listed) {
		const { households, adults } = one;
		if (households === null && adults === null) continue;
		const told = sourceOf(settled, one);
		const unit_id = identified.ids.get(one);
		if (!told || !unit_id) continue;
		const key = `${told.as_of} ${told.source}`;
		const its = figures.get(key) ?? { ...told, rows: [] };
		its.rows.push([unit_id, households, adults]);
		figures.set(key, its);
	}
	return [...figures.values()];
}

/** A number without source and day is nobody's: it would be believed for ever. */
function sourceOf({ reading, choice }: Settled, one: Listed) {
	const source = one.source || choice.source;
	const as_of = one.as_of ?? choice.as_of;
	if (!source) reading.add('unit_source_missing', one.row, 'source');
	if (!as_of) reading.add('unit_as_of_missing', one.row, 'as_of');
	if (as_of && as_of > choice.today)
		reading.add('unit_as_of_future', one.row, 'as_of', { value: as_of });
	if (one.households !== null && one.adults !== null && one.adults < one.households)
		reading.add('unit_adults_few', one.row, 'adults', {
			weight: 'note',
			value: String(one.adults),
			details: { households: one.households }
		});
	return source && as_of ? { source, as_of } : null;
}
