import type { Edit } from '../domain/change';
import type { Device } from './device';

/** Lets go of what the server refused of these records; answers what discards what it may have of them. */
export async function undo(device: Device, record_ids: string[]): Promise<Edit[]> {
	const sent_back = device.returned().filter(({ change }) => record_ids.includes(change.record_id));
	for (const { change } of sent_back) await device.dismiss(change.change_id);
	// A record that was only in what was sent back is gone by now.
	const records = record_ids
		.map((id) => device.record(id))
		.filter((record) => record !== undefined);
	return records.map(({ kind, id, group_id, seq }) => ({
		kind,
		record_id: id,
		group_id,
		base: seq,
		fields: { discarded: true, reason: 'undo' }
	}));
}
