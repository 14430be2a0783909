import type { PulledGroup } from '../../src/lib/domain/change';
import { KINDS } from '../../src/lib/domain/record';
import { columnsOf } from '../support/columns';
import type { ServerRow } from './judge';

type Told = {
	rows: Map<string, ServerRow>;
	logs: Map<string, string[]>;
	page: number;
	/** The cursor of a group without a change. */
	beginning: string;
};
type Lists = Pick<
	PulledGroup,
	'households' | 'visits' | 'signups' | 'trainings' | 'requests' | 'goals' | 'thanks'
>;

/** What lies above the cursors, as api.pull tells it: group after group, `page` rows in all. */
export function pullGroups(
	told: Told,
	group_ids: string[],
	cursors: Record<string, string>
): PulledGroup[] {
	let room = told.page;
	return [...group_ids].sort().map((group_id) => {
		const group = pullGroup(told, group_id, cursors[group_id] ?? '', room);
		room -= KINDS.reduce((sum, kind) => sum + (group[`${kind}s`]?.id.length ?? 0), 0);
		return group;
	});
}

/**
 * A cursor names the last change a phone has seen, `<seq>.<change_id>.<moment>`. A log that does not
 * hold that change at that number, received at that moment, was restored from a backup.
 */
function pullGroup(told: Told, group_id: string, cursor: string, room: number): PulledGroup {
	const log = told.logs.get(group_id) ?? [];
	const [said, ...change] = cursor.split('.');
	const begun = cursor !== '' && cursor === told.beginning;
	const seen = begun ? 0 : log[Number(said) - 1] === change.join('.') ? Number(said) : null;
	const above = [...told.rows.values()]
		.filter((row) => row.group_id === group_id && (row.seq ?? 0) > (seen ?? 0))
		.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
	const page = above.slice(0, room);
	const up_to = page.at(-1)?.seq ?? null;
	const whole = (up_to ?? seen ?? 0) >= log.length;
	const at = whole ? log.length : up_to;
	const lists = KINDS.map((kind) => {
		return [`${kind}s`, columnsOf(page.filter((row) => row.kind === kind))];
	});
	return {
		group_id,
		reset: cursor !== '' && seen === null && (up_to !== null || log.length === 0),
		more: !whole,
		cursor: at === null ? cursor : at === 0 ? told.beginning : `${at}.${log[at - 1]}`,
		...(Object.fromEntries(lists) as Lists)
	};
}
