import type { Row } from '../domain/record';
import { pack, unpack } from './pack';
import type { Seal } from './seal';
import type { SealedPage } from './stores';

/** Records of a group that lie on the disk as one page. */
export type Page = Omit<SealedPage, 'sealed'> & {
	rows: Row[];
	bytes: number;
	/** It does not open: what was on it only the server knows. */
	broken: boolean;
};

/** Large enough that few are to be opened, small enough that none holds up a screen. */
const MOST_ROWS = 4000;

/** Puts records on pages, each of one group. */
export async function sealPages(
	seal: Seal,
	rows: Row[],
	write: number,
	packed: boolean
): Promise<{ page: Page; stored: SealedPage }[]> {
	const parts = [...byGroup(rows)].flatMap(([group_id, all]) =>
		inParts(all).map((part) => ({ group_id, part }))
	);
	return Promise.all(
		parts.map(async ({ group_id, part }, n) => {
			const plain = { place: [write, n] as SealedPage['place'], group_id, packed };
			const stored = { ...plain, sealed: await seal.seal(pack(part), aboutOf(plain)) };
			return {
				page: { ...plain, rows: part, bytes: stored.sealed.byteLength, broken: false },
				stored
			};
		})
	);
}

export async function openPage(seal: Seal, { sealed, ...plain }: SealedPage): Promise<Page> {
	const blocks = await seal.open<ReturnType<typeof pack>>(sealed, aboutOf(plain));
	const rows = blocks ? unpack(blocks) : [];
	return { ...plain, rows, bytes: sealed.byteLength, broken: !blocks };
}

/** What lies on pages, a later one over an earlier one. */
export function rowsOf(pages: Iterable<Page>): Map<string, Row> {
	const inOrder = [...pages].sort(({ place: [a, m] }, { place: [b, n] }) => a - b || m - n);
	return new Map(inOrder.flatMap(({ rows }) => rows).map((row) => [row.id, row]));
}

function aboutOf({ place, group_id, packed }: Omit<SealedPage, 'sealed'>): string {
	return `page ${place.join(' ')} ${group_id} ${packed}`;
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
