import { helped } from './seed';
import type { Person } from './expectations';
import { GROUPS, unitId } from './world';

/** People helped in groups, named "city/id", of the person's own city. */
export function helpedIn({ person: { city } }: Person, groups: string[]): number {
	const seen = GROUPS.filter((n) => groups.includes(`${city}/${unitId(city, 'group', n)}`));
	return seen.reduce((sum, n) => sum + helped(city, n), 0);
}
