import type { Row } from '../domain/record';
import { pack } from './pack';
import { aboutPage, type Page } from './pages';
import type { Seal } from './seal';
import type { SealedPage } from './stores';

/** A page, and as it is to lie on the disk. */
export type Bound = { page: Page; stored: SealedPage };

/** Large enough that few are to be opened, small enough that none holds up a screen. */
const MOST_ROWS = 4000;

/** Puts records on pages, each of one group. */
export async function bind(
	seal: Seal,
	rows: Row[],
	write: number,
	packed: boolean
): Promise<Bound[]> {
	const parts = [...byGroup(rows)].flatMap(([group_id, all]) =>
		inParts(all).map((part) => ({ group_id, part }))
	);
	return Promise.all(
		parts.map(async ({ group_id, part }, n) => {
			const plain = { place: [write, n] as SealedPage['place'], group_id, packed };
			const stored = { ...plain, sealed: await seal.seal(pack(part), aboutPage(plain)) };
			return {
				page: { ...plain, rows: part, bytes: stored.sealed.byteLength, broken: false },
				stored
			};
		})
	);
}

function byGroup(rows: Row[]): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const group = groups.get(row.group_id);
		if (group) group.push(row);
		else groups.set(row.group_id, [row]);
	}
	return groups;
}

function inParts(rows: Row[]): Row[][] {
	const parts: Row[][] = [];
	for (let n = 0; n < rows.length; n += MOST_ROWS) parts.push(rows.slice(n, n + MOST_ROWS));
	return parts;
}
