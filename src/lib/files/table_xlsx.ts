import { unzipSync, zipSync } from 'fflate';
import readSheets from 'read-excel-file/universal';
import { LIMITS, Unreadable, type Cell } from './table';

/** The rows of the first sheet that holds anything. A formula counts as the value it had last. */
export async function readXlsx(bytes: Uint8Array): Promise<Cell[][]> {
	const sheets = await readSheets(unpacked(bytes), { trim: false }).catch(() => {
		throw new Unreadable('file_broken');
	});
	const sheet = sheets.find(({ data }) => data.some((row) => row.some((value) => value !== null)));
	return (sheet?.data ?? []).map((row) => row.map(cellOf));
}

/**
 * The same file, its parts stored instead of packed. The library would unpack large parts in workers
 * made from blobs, which the page's policy forbids, and without a limit to what they grow to.
 */
function unpacked(bytes: Uint8Array): ArrayBuffer {
	let size = 0;
	try {
		const parts = unzipSync(bytes, {
			filter({ name, originalSize }) {
				if (!/\.(xml|rels)$/.test(name)) return false;
				size += originalSize;
				if (size > LIMITS.unpacked)
					throw new Unreadable('file_too_large', { limit: LIMITS.unpacked / 1_000_000 });
				return true;
			}
		});
		if (!parts['[Content_Types].xml']) throw new Unreadable('file_unknown_kind');
		const stored = zipSync(parts, { level: 0 });
		return stored.buffer as ArrayBuffer;
	} catch (error) {
		if (error instanceof Unreadable) throw error;
		throw new Unreadable('file_broken');
	}
}

function cellOf(value: unknown): Cell {
	if (value === null || value === undefined) return { text: '', kept_as: 'text' };
	if (typeof value === 'number') return { text: String(value), kept_as: 'number' };
	if (value instanceof Date) return { text: dayText(value), kept_as: 'day' };
	return { text: String(value), kept_as: 'text' };
}

/** A spreadsheet's day has no zone: the library gives it as midnight in UTC. */
function dayText(date: Date): string {
	return Number.isNaN(date.getTime()) ? '' : date.toISOString().slice(0, 10);
}
