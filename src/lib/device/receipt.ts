import type { Sent } from './stores';
import type { Device } from './device';

/** Where a record stands, for a person to read or to read out. */
export type Receipt = {
	state: 'waiting' | 'sent' | 'look';
	/** ISO time by the clock of the phone that wrote it. */
	written_at: string;
	/** When the server answered, by its clock; null when it did not, or this phone did not hear it. */
	taken_at: string | null;
	/** The number in the log of the group; null before the server gave one. */
	number: number | null;
	/** The change that this phone sent last, or is about to send; null when it holds none. */
	change_id: string | null;
};

/** The receipt of a record on this phone; undefined when there is no such record. */
export async function receiptOf(
	device: Pick<Device, 'record' | 'log' | 'looks' | 'waits' | 'sent'>,
	record_id: string
): Promise<Receipt | undefined> {
	const record = device.record(record_id);
	if (!record) return undefined;
	const sent = await lastSent(device, record_id);
	const { waiting, sent_back } = device.log(record_id);
	const unsent = waiting.at(-1) ?? sent_back.at(-1);
	const state = device.looks(record_id) ? 'look' : device.waits(record_id) ? 'waiting' : 'sent';
	return {
		state,
		written_at: record.recorded_at,
		taken_at: sent?.taken_at ?? null,
		number: sent?.seq ?? record.seq,
		change_id: (unsent ?? sent?.change)?.change_id ?? null
	};
}

async function lastSent(
	device: Pick<Device, 'sent'>,
	record_id: string
): Promise<Sent | undefined> {
	const sent = (await device.sent()).filter(({ change }) => change.record_id === record_id);
	return sent.sort((a, b) => a.place - b.place).at(-1);
}

/** The end of a change's id, short enough to be read out; its beginning is only the time. */
export function spokenCode(change_id: string): string {
	return change_id.slice(-8).replace(/(....)$/, ' $1');
}
