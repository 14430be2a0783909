import { v7 } from 'uuid';
import type { MemberRow, MembersImported, RefusedRow } from '$lib/domain/team';
import type { JoinProblem } from '$lib/data/join';
import type { Rpc } from '../../../team-people/acts.svelte';

/** Rows of one call: a call holds a megabyte. */
const PIECE = 3000;

/** How the writing ended; whatever it was, all of it was written or nothing. */
export type Written = MembersImported | { problems: RefusedRow[] } | { problem: JoinProblem };

/**
 * Brings the rows in pieces and writes them at once. `again`: the same import after a password was
 * asked for; pieces that arrived already are known by its id.
 * @throws ApiError
 */
export async function writeMembers(
	rpc: Rpc,
	rows: MemberRow[],
	columns: Record<string, string>,
	onpiece: (brought: number) => void,
	import_id: string = v7()
): Promise<Written> {
	for (let from = 0; from < rows.length; from += PIECE) {
		const brought = await rpc('bring_member_rows', {
			import_id,
			rows: rows.slice(from, from + PIECE)
		});
		if (brought.problem) return { problem: brought.problem };
		onpiece(Math.min(from + PIECE, rows.length));
	}
	const answer = await rpc('import_members', { import_id, columns });
	return answer.problem ? { problem: answer.problem } : answer;
}
