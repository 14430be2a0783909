import type { Api } from '../../src/lib/data/api';
import type { Answer, Args, FunctionName } from '../../src/lib/data/functions';
import { ApiError } from '../../src/lib/data/problem';
import type { Change, PulledGroup, Verdict } from '../../src/lib/domain/change';
import { blankRow, KINDS, type Row } from '../../src/lib/domain/record';
import { hasIdNumber } from '../../src/lib/domain/checks/note';

type Applied = { change: Change; author_id: string; verdict: Verdict; seq: number | null };

/**
 * The server as the contract describes it, in memory: a change counts once whatever is sent again,
 * and each group numbers its changes. What the SQL really does is promised in tests/database.
 */
export class Server {
	rows = new Map<string, Row>();
	applied = new Map<string, Applied>();
	members = new Map<string, string[]>();
	page = 1000;
	/** Changes in the order in which they arrived, also those that came again. */
	received: Change[] = [];
	batches: number[] = [];
	#seqs = new Map<string, number>();
	/** Changes with every restore: cursors from before are of another history. */
	#history = 0;

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
		const [rows, applied] = [new Map(this.rows), new Map(this.applied)];
		const seqs = new Map(this.#seqs);
		return () => {
			this.rows = new Map(rows);
			this.applied = new Map(applied);
			this.#seqs = new Map(seqs);
			this.#history += 1;
		};
	}

	/** What everybody should see in the end: the living records, by id. */
	truth(group_id: string): Map<string, Row> {
		const rows = [...this.rows.values()].filter((row) => row.group_id === group_id);
		return new Map(rows.filter((row) => !row.discarded).map((row) => [row.id, row]));
	}

	#functions(person_id: string): Partial<Record<FunctionName, (args: never) => unknown>> {
		return {
			push: (args: Args<'push'>) => this.#push(person_id, args.changes),
			pull: (args: Args<'pull'>) => this.#pull(person_id, args.cursors)
		};
	}

	#push(person_id: string, changes: Change[]) {
		this.batches.push(changes.length);
		this.received.push(...changes);
		const verdicts = changes.map((change) => this.#judge(person_id, change));
		return { verdicts, server_time: new Date().toISOString() };
	}

	#judge(author_id: string, change: Change): Verdict {
		const { change_id, group_id } = change;
		const before = this.applied.get(change_id);
		if (before) {
			const { verdict, seq } = before;
			return seq === null ? verdict : { ...verdict, verdict: 'duplicate', seq };
		}
		const verdict: Verdict = this.members.get(author_id)?.includes(group_id)
			? this.#apply(author_id, change)
			: { change_id, verdict: 'refused', code: 'not_your_group' };
		this.applied.set(change_id, { change, author_id, verdict, seq: verdict.seq ?? null });
		return verdict;
	}

	#apply(author_id: string, change: Change): Verdict {
		const { change_id, kind, record_id, group_id, at } = change;
		const { reason: _why, ...fields } = change.fields;
		const was = this.rows.get(record_id);
		if (was?.discarded && !('discarded' in fields)) return { change_id, verdict: 'discarded' };
		const common = {
			id: record_id,
			group_id,
			seq: 0,
			author_id,
			recorded_at: at,
			discarded: false
		};
		const becomes = { ...(was ?? blankRow(kind, common)), ...fields } as Row;
		if ('label' in becomes && becomes.label === '')
			return { change_id, verdict: 'invalid', code: 'missing', field: 'label' };
		if ('note' in becomes && hasIdNumber(becomes.note))
			return { change_id, verdict: 'invalid', code: 'id_number_in_note', field: 'note' };

		const seq = (this.#seqs.get(group_id) ?? 0) + 1;
		this.#seqs.set(group_id, seq);
		this.rows.set(record_id, { ...becomes, seq });
		const overlap = this.#overlap(author_id, change);
		if (overlap.length === 0) return { change_id, verdict: 'applied', seq };
		return { change_id, verdict: 'merged', fields: overlap, seq };
	}

	/** The fields that others changed since the writer looked. */
	#overlap(author_id: string, change: Change): string[] {
		const others = [...this.applied.values()].filter(
			(one) =>
				one.change.record_id === change.record_id &&
				one.author_id !== author_id &&
				(one.seq ?? -1) > (change.base ?? 0)
		);
		return Object.keys(change.fields).filter((field) =>
			others.some((one) => field in one.change.fields)
		);
	}

	#pull(person_id: string, cursors: Record<string, string>) {
		const groups = (this.members.get(person_id) ?? []).map((group_id) =>
			this.#pullGroup(group_id, cursors[group_id])
		);
		return { server_time: new Date().toISOString(), groups };
	}

	#pullGroup(group_id: string, cursor: string | undefined): PulledGroup {
		const [seen, history] = (cursor ?? `0.${this.#history}`).split('.').map(Number);
		const reset = history !== this.#history;
		const rows = [...this.rows.values()]
			.filter((row) => row.group_id === group_id && (row.seq ?? 0) > (reset ? 0 : (seen ?? 0)))
			.sort((a, b) => (a.seq ?? 0) - (b.seq ?? 0));
		const page = rows.slice(0, this.page);
		const up_to = page.length < rows.length ? page.at(-1)?.seq : this.#seqs.get(group_id);
		const lists = KINDS.map((kind) => [`${kind}s`, page.filter((row) => row.kind === kind)]);
		return {
			group_id,
			cursor: `${up_to ?? 0}.${this.#history}`,
			more: page.length < rows.length,
			reset,
			...(Object.fromEntries(lists) as Pick<
				PulledGroup,
				'households' | 'visits' | 'signups' | 'trainings'
			>)
		};
	}
}
