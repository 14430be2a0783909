import type { Row } from '../domain/record';
import { sealChange } from './closing';
import type { Ask } from './difference';
import { pack } from './pack';
import { aboutPage, type Page } from './pages';
import type { Seal } from './seal';
import { UNPROVEN, type SealedPage, type Sent, type Unproven, type Writing } from './stores';

/** A page, and as it is to lie on the disk. */
type Bound = { page: Page; stored: SealedPage };

/** What an answer of the server changes in the logbook; what is absent stays as it is. */
type Changed = {
	/** Groups whose confirmed records leave the phone, before others come. */
	left?: string[];
	confirmed?: Row[];
	/** Whether `confirmed` is only what the groups in `left` held, on fewer pages. */
	packed?: boolean;
	sent?: Sent[];
	/** Ids of sent changes that are not kept any longer. */
	forgotten?: string[];
	/** Of all groups; the pull of a group without one begins anew. */
	cursors?: Record<string, string>;
	/** As they lie on the disk; what stayed the same is not written again. */
	before?: Record<string, string>;
	unproven?: Unproven[];
};

/** The same, with what it takes to write it. */
export type Told = ReturnType<typeof told>;

export function told(changed: Changed) {
	const { left = [], confirmed = [], packed = false, sent = [], forgotten = [] } = changed;
	const { cursors, before = {}, unproven } = changed;
	return {
		...{ left, confirmed, cursors, unproven },
		async seal(seal: Seal, write: number) {
			const bound = await bind(seal, confirmed, write, packed);
			const taken = await Promise.all(sent.map((written) => sealChange(seal, written)));
			const proving = unproven && (await seal.seal(unproven, `meta ${UNPROVEN}`));
			return {
				pages: bound.map(({ page }) => page),
				async put(transaction: Writing, ask: Ask): Promise<void> {
					const pages = transaction.objectStore('pages');
					const sent = transaction.objectStore('sent');
					const goingOn = transaction.objectStore('cursors');
					for (const group_id of left)
						for (const place of await pages.index('group').getAllKeys(group_id))
							void ask(pages.delete(place));
					for (const { stored } of bound) void ask(pages.put(stored));
					for (const id of forgotten) void ask(sent.delete(id));
					for (const one of taken) void ask(sent.put(one));
					for (const id of cursors ? await goingOn.getAllKeys() : [])
						if (cursors?.[id] === undefined) void ask(goingOn.delete(id));
					for (const id in cursors)
						if (cursors[id] !== before[id]) void ask(goingOn.put(cursors[id] ?? '', id));
					if (proving) void ask(transaction.objectStore('meta').put(proving, UNPROVEN));
				}
			};
		}
	};
}

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
