import type { Row } from '../domain/record';
import type { Block } from './pack';
import type { Seal } from './seal';
import type { SealedPage } from './stores';

/** Records of a group that lie on the disk as one page. */
export type Page = Omit<SealedPage, 'sealed'> & {
	rows: Row[];
	bytes: number;
	/** It does not open: what was on it only the server knows. */
	broken: boolean;
};

export async function openPage(seal: Seal, { sealed, ...plain }: SealedPage): Promise<Page> {
	const blocks = await seal.open<Block[]>(sealed, aboutPage(plain));
	const rows = blocks ? unpack(blocks) : [];
	return { ...plain, rows, bytes: sealed.byteLength, broken: !blocks };
}

/** What lies on pages, a later one over an earlier one. */
export function rowsOf(pages: Iterable<Page>): Map<string, Row> {
	const inOrder = [...pages].sort(({ place: [a, m] }, { place: [b, n] }) => a - b || m - n);
	return new Map(inOrder.flatMap(({ rows }) => rows).map((row) => [row.id, row]));
}

/** What a page is bound to: it does not open in another place, or as another group's. */
export function aboutPage({ place, group_id, packed }: Omit<SealedPage, 'sealed'>): string {
	return `page ${place.join(' ')} ${group_id} ${packed}`;
}

function unpack(blocks: Block[]): Row[] {
	return blocks.flatMap(({ same, columns, rows }) =>
		rows.map((values) => {
			const row = { ...same };
			for (let n = 0; n < columns.length; n++) row[columns[n] ?? ''] = values[n];
			return row as Row;
		})
	);
}
