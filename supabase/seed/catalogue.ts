import type { City } from './city';
import { readCsv } from './csv';
import { insertRows, type SeedDatabase } from './database';

type Column = 'list' | 'code' | 'vi' | 'en' | 'position';

/**
 * Brings the lists a form chooses from. What the city has changed since stays as the city wants it,
 * so running it again changes nothing.
 */
export async function seedCatalogue(db: SeedDatabase, city: City): Promise<void> {
	const entries = readCsv<Column>('./catalogue.csv');
	await insertRows(
		db,
		'app.catalogue',
		entries.map((entry) => ({ city_id: city.city_id, ...entry }))
	);
}
