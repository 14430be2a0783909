import { memoryPhones } from './memory_phones';
import { postgresCity } from './postgres_city';
import { connectThrough } from './postgres_line';
import type { Target } from './target';

/** The real SQL, asked through the gateway by the client's own `connect`, on phones of ours. */
export async function postgresTarget(): Promise<Target> {
	const { city, database } = await postgresCity();
	return { name: 'postgres', city, phones: memoryPhones(await connectThrough(database)) };
}
