import { localDay } from '../support/changes';
import { idOf } from '../support/small_city';
import type { Row } from './expectations';

/** A month that both cities once published. */
export const OPENED = '2025-08-01';

/** Long enough ago that its month is due, whatever day it is. */
export const SIGNED_UP_ON = localDay(-45);

/** People signed up in a group: few in the first ward, many in the third and fourth. */
export const signedUp = (n: number): number => [3, 3, 7, 7, 20, 20, 15, 15][n - 1] ?? 0;

/**
 * What may be published of a ward when a month is released: of the first nothing, because they are few; of
 * the second nothing, because it would tell the first; nothing of the households reached, two in a ward.
 */
const MAY_SAY = [null, null, 40, 30];

/** Whether a row of open figures says of its month what may be said, and no more. */
export function isMany(row: Row): boolean {
	const worked = String(row.month).slice(0, 7) === SIGNED_UP_ON.slice(0, 7);
	if (!('ward_id' in row)) return row.reached === null && row.signed_up === (worked ? 90 : 0);
	const ward = [1, 2, 3, 4].findIndex((n) =>
		['thu-mot', 'thu-hai'].some((city) => row.ward_id === wardId(city, n))
	);
	return row.reached === null && row.signed_up === (worked ? MAY_SAY[ward] : 0);
}

const wardId = (city: string, n: number) =>
	n === 1 ? idOf('probe ward 1') : idOf(`probe ${city} ward ${n}`);
