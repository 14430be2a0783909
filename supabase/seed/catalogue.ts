import type { City } from './city';
import { readCsv } from './csv';
import { insertRows, type SeedDatabase } from './database';

type Column = 'list' | 'code' | 'parent' | 'vi' | 'en' | 'position' | 'from_day' | 'to_day';

/**
 * Brings the lists a form chooses from. What the city has changed since stays as the city wants it,
 * so running it again changes nothing.
 */
export async function seedCatalogue(db: SeedDatabase, city: City): Promise<void> {
	const entries = readCsv<Column>('./catalogue.csv');
	await insertRows(
		db,
		'app.catalogue',
		entries.map(({ list, code, parent, vi, en, position, from_day, to_day }) => ({
			city_id: city.city_id,
			list,
			code,
			parent: parent || null,
			vi,
			en,
			position,
			from_day: from_day || '-infinity',
			to_day: to_day || 'infinity'
		}))
	);
}
