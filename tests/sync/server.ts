import type { Api } from '../../src/lib/data/api';
import {
	PROTOCOL,
	type Answer,
	type Args,
	type DeviceReport,
	type FunctionName
} from '../../src/lib/data/functions';
import { ApiError } from '../../src/lib/data/problem';
import type { Change, Verdict } from '../../src/lib/domain/change';
import type { Row } from '../../src/lib/domain/record';
import { applied, verdictAgain, type Applied, type ServerRow } from './judge';
import { pullGroups } from './server_pull';

/**
 * The server as the contract describes it, in memory: a change counts once whatever is sent again,
 * and each group numbers its changes. What the SQL really does is promised in tests/database.
 */
export class Server {
	rows = new Map<string, ServerRow>();
	applied = new Map<string, Applied>();
	members = new Map<string, string[]>();
	/** Who may not merge households or part them: everybody else is a deputy. */
	followers = new Set<string>();
	page = 1000;
	/** Changes in the order in which they arrived, also those that came again. */
	received: Change[] = [];
	batches: number[] = [];
	/** What phones said of themselves, with changes and without. */
	reports: DeviceReport[] = [];
	/** By group: its changes as a cursor names them, by id and moment; the first is numbered 1. */
	logs = new Map<string, string[]>();
	/** The SQL has the empty text here; then a phone sends its first changes once more, to be sure. */
	beginning = '0.0';
	#moment = 0;

	/** The API in the name of a person, over a line that works. */
	api(person_id: string): Api {
		return { person_id, rpc: async (name, args) => this.call(person_id, name, args) };
	}

	call<N extends FunctionName>(person_id: string, name: N, args: Args<N>): Answer<N> {
		// Through JSON and back, as on the line.
		const sent = JSON.parse(JSON.stringify(args)) as never;
		const answer = this.#functions(person_id)[name]?.(sent);
		if (answer === undefined) throw new ApiError(404, 'server_error');
		return JSON.parse(JSON.stringify(answer)) as Answer<N>;
	}

	/** Goes back to an earlier state, as after a restore from a backup. */
	backup(): () => void {
		const [rows, kept] = [new Map(this.rows), new Map(this.applied)];
		const logs = [...this.logs].map(([group_id, ids]) => [group_id, [...ids]] as const);
		return () => {
			this.rows = new Map(rows);
			this.applied = new Map(kept);
			this.logs = new Map(logs.map(([group_id, ids]) => [group_id, [...ids]]));
			if (this.beginning !== '') this.beginning += '0';
		};
	}

	/** What everybody should see in the end: the living records, by id. */
	truth(group_id: string): Map<string, Row> {
		const rows = [...this.rows.values()].filter((row) => row.group_id === group_id);
		return new Map(rows.filter((row) => !row.discarded).map((row) => [row.id, row]));
	}

	#functions(person_id: string): Partial<Record<FunctionName, (args: never) => unknown>> {
		return {
			push: (args: Args<'push'>) => this.#push(person_id, args),
			report: (args: Args<'report'>) => this.#report(args),
			pull: (args: Args<'pull'>) => this.#pull(person_id, args)
		};
	}

	#report({ device }: Args<'report'>) {
		this.reports.push(device);
		return { server_time: new Date().toISOString() };
	}

	#push(person_id: string, { protocol, device, changes }: Args<'push'>) {
		if (protocol !== PROTOCOL) throw new ApiError(426, 'update_needed');
		this.reports.push(device);
		this.batches.push(changes.length);
		this.received.push(...changes);
		// Group after group, as app.push takes their locks.
		const groups = [...new Set(changes.map((change) => change.group_id))].sort();
		const verdicts = groups.flatMap((group_id) =>
			changes
				.filter((change) => change.group_id === group_id)
				.map((change) => this.#judge(person_id, device?.device_id ?? null, change))
		);
		return { verdicts, server_time: new Date().toISOString() };
	}

	#judge(author_id: string, device_id: string | null, change: Change): Verdict {
		const { change_id, group_id } = change;
		const before = this.applied.get(change_id);
		// A refusal was about a right, and rights come back.
		if (before && !(before.verdict.verdict === 'refused' && before.author_id === author_id))
			return verdictAgain(before, author_id);
		const by = { change, author_id, device_id };
		const verdict = this.members.get(author_id)?.includes(group_id)
			? this.#apply(by)
			: { change_id, verdict: 'refused' as const, code: 'not_your_group' as const };
		this.applied.set(change_id, { ...by, verdict, seq: verdict.seq ?? null });
		return verdict;
	}

	#apply(by: Omit<Applied, 'verdict' | 'seq'>): Verdict {
		const { group_id, change_id, record_id } = by.change;
		const log = this.logs.get(group_id) ?? [];
		const { verdict, row } = applied(this, by, log.length + 1);
		if (!row) return verdict;
		this.rows.set(record_id, row);
		this.logs.set(group_id, [...log, `${change_id}.${this.#moment++}`]);
		return verdict;
	}

	#pull(person_id: string, { protocol, cursors }: Args<'pull'>) {
		if (protocol !== PROTOCOL) throw new ApiError(426, 'update_needed');
		const groups = pullGroups(this, this.members.get(person_id) ?? [], cursors);
		return { server_time: new Date().toISOString(), groups };
	}
}
