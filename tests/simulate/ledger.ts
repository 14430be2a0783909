import { isDeepStrictEqual } from 'node:util';
import type { Device } from '../../src/lib/device/device';
import type { Change, Edit } from '../../src/lib/domain/change';
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

	/**
	 * Does something that writes edits, and notes what the phone then has. When it says that it could
	 * not keep them, nothing of them may be there.
	 */
	async write(place: Place, device: Device, edits: Edit[], work: () => Promise<void>) {
		const sent_back = ids(device.returned());
		const kept = await work().then(
			() => true,
			() => false
		);
		const left = new Set(ids(device.returned()));
		const taken = sent_back.filter((id) => !left.has(id));
		const found = this.note(place, device);
		if (kept) for (const id of taken) this.handled.add(id);
		if (!kept && found.length > 0)
			this.findings.diverged.push(`${found.length} kept of what was not kept`);
		for (const edit of kept ? edits : [])
			if (!found.some((change) => holds(change, edit)))
				this.findings.lost.push(`${JSON.stringify(edit)} is not in the outbox`);
	}

	/** Notes what waits on a phone and was not noted, and answers it. */
	note(place: Place, device: Device): Change[] {
		const fresh = device.outbox(1e9).filter((change) => !this.written.has(change.change_id));
		for (const change of fresh) this.written.set(change.change_id, { change, place });
		return fresh;
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
}

function holds(change: Change, edit: Edit): boolean {
	const fields = Object.entries(edit.fields);
	return (
		change.record_id === edit.record_id &&
		fields.every(([field, value]) => isDeepStrictEqual(change.fields[field], value))
	);
}

function ids(returned: readonly { change: Change }[]): string[] {
	return returned.map(({ change }) => change.change_id);
}
