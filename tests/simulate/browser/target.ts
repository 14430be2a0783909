import { postgresCity } from '../postgres_city';
import type { Target } from '../target';
import { browserPhones } from './phones';

/** The real SQL behind the real gateway, and the client in the pages of a real browser. */
export async function browserTarget(): Promise<Target> {
	const { city, database } = await postgresCity();
	return { name: 'browser', city, phones: await browserPhones(database) };
}
