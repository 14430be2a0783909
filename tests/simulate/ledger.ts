import { isDeepStrictEqual } from 'node:util';
import type { Change, Edit } from '../../src/lib/domain/change';
import type { Wrote } from './hands';
import type { Place } from './place';

export type Written = { change: Change; place: Place };

/** What is wrong, as sentences. */
export type Findings = { lost: string[]; doubled: string[]; diverged: string[] };

/** What people were told, kept apart from the program: every change that a phone said it has. */
export class Ledger {
	readonly written = new Map<string, Written>();
	/** Sent back, and looked at: written again, or let go of. */
	readonly handled = new Set<string>();
	/** Sent, and gone from the phone because it left the group or its person signed out. */
	readonly let_go = new Set<string>();
	/** What the server had, and lacked after a restore. */
	readonly vanished = new Set<string>();
	readonly findings: Findings = { lost: [], doubled: [], diverged: [] };

	/** Notes what a phone has after a writing. When it said that it could not keep it, nothing may be there. */
	write(place: Place, { edits, kept, sent_back, left, outbox }: Wrote): void {
		const found = this.#note(place, outbox);
		if (kept) for (const id of sent_back) if (!left.includes(id)) this.handled.add(id);
		if (!kept && found.length > 0)
			this.findings.diverged.push(`${found.length} kept of what was not kept`);
		for (const edit of kept ? edits : [])
			if (!found.some((change) => holds(change, edit)))
				this.findings.lost.push(`${JSON.stringify(edit)} is not in the outbox`);
	}

	/** A phone leaves a group, or its person signs out: what it had sent is the server's alone. */
	letGo(lets: (written: Written) => boolean): void {
		for (const [id, written] of this.written) if (lets(written)) this.let_go.add(id);
	}

	/** The server was restored from a backup. */
	restored(had: Set<string>, has: Set<string>): void {
		for (const id of had) if (!has.has(id)) this.vanished.add(id);
	}

	/** The backup lacked it, and no phone keeps it any more: no client could bring it back. */
	isExcused(change_id: string): boolean {
		return this.vanished.has(change_id) && this.let_go.has(change_id);
	}

	/** Notes what waits on a phone and was not noted, and answers it. */
	#note(place: Place, outbox: Change[]): Change[] {
		const fresh = outbox.filter((change) => !this.written.has(change.change_id));
		for (const change of fresh) this.written.set(change.change_id, { change, place });
		return fresh;
	}
}

function holds(change: Change, edit: Edit): boolean {
	const fields = Object.entries(edit.fields);
	return (
		change.record_id === edit.record_id &&
		fields.every(([field, value]) => isDeepStrictEqual(change.fields[field], value))
	);
}
