import { readdirSync, readFileSync } from 'node:fs';
import type { Guide } from '../../src/lib/domain/guide';
import type { City } from './city';
import { insertRows, type SeedDatabase } from './database';

const FOLDER = new URL('./guides/', import.meta.url);

/** Brings the cards that the city office goes on with. What it has changed since stays as it is. */
export async function seedGuides(db: SeedDatabase, city: City): Promise<void> {
	await insertRows(
		db,
		'app.guides',
		readGuides().map((guide) => ({ city_id: city.city_id, ...guide }))
	);
}

/** The cards of the folder, each named `<list>.<code>.md`: its source, its day, then both languages. */
export function readGuides(): Guide[] {
	return readdirSync(FOLDER)
		.filter((name) => name.endsWith('.md'))
		.map((name) => guideIn(name, readFileSync(new URL(name, FOLDER), 'utf8')));
}

function guideIn(name: string, text: string): Guide {
	const [list, code] = name.split('.') as [Guide['list'], string];
	const [, source = '', checked_on = '', vi = '', en = ''] =
		/^source: ([^\n]*)\nchecked: ([^\n]*)\n\n(.*?)\n\n---\n\n(.*)\n$/s.exec(text) ?? [];
	if (!en) throw new Error(`${name} is no guide: source, checked, Vietnamese, ---, English`);
	return { list, code, vi, en, source, checked_on };
}
