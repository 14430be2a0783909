import type { Logbook } from './logbook';
import type { Page } from './pages';
import { told } from './told';

/** How many pages a group may get, or how large they may be together, before it is packed again. */
const MOST_LOOSE = 16;
const MOST_BYTES = 256 * 1024;

/**
 * Puts each group that has got many pages since the last time on few. Sealing is done beside other
 * work; when anything was written meanwhile, what was sealed is thrown away, and the next rest will
 * do. Only one tab does it at a time.
 * @param inTurn runs what writes when nothing else does
 * @returns whether anything was packed
 */
export async function compact(
	logbook: Logbook,
	person_id: string,
	loose = MOST_LOOSE,
	inTurn: (work: () => Promise<boolean>) => Promise<boolean>
): Promise<boolean> {
	if (groupsToPack(logbook, loose).size === 0) return false;
	await idle();
	return alone(`tung-nha-compact-${person_id}`, async () => {
		const groups = groupsToPack(logbook, loose);
		const rows = [...logbook.rows().values()].filter((row) => groups.has(row.group_id));
		const packed = told({ left: [...groups], confirmed: rows, packed: true });
		const prepared = await logbook.prepare({ told: packed });
		return inTurn(() => logbook.write(prepared, 'relaxed'));
	});
}

/** A group that is torn is not packed, or nobody would know any more that something is missing. */
function groupsToPack(logbook: Logbook, loose: number): Set<string> {
	const torn = logbook.torn();
	const since = new Map<string, Page[]>();
	for (const page of logbook.pages)
		if (!page.packed && !torn.has(page.group_id))
			since.set(page.group_id, [...(since.get(page.group_id) ?? []), page]);
	const due = [...since].filter(([, pages]) => {
		const bytes = pages.reduce((sum, page) => sum + page.bytes, 0);
		return pages.length > loose || (pages.length > 1 && bytes > MOST_BYTES);
	});
	return new Set(due.map(([group_id]) => group_id));
}

/** Not at all when another tab is at it. Where browsers have no locks, the later one finds its work thrown away. */
async function alone(name: string, work: () => Promise<boolean>): Promise<boolean> {
	const locks = globalThis.navigator?.locks;
	if (!locks) return work();
	return locks.request(name, { ifAvailable: true }, (lock) => (lock ? work() : false));
}

/** Not between a tap and its answer; where browsers cannot tell, it is not waited for. */
function idle(): Promise<unknown> {
	if (typeof requestIdleCallback === 'undefined') return Promise.resolve();
	return new Promise((resolve) => requestIdleCallback(resolve, { timeout: 10_000 }));
}
