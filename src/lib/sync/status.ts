import { ApiError } from '../data/problem';
import { DeviceError } from '../device/problem';
import type { ProblemCode } from '../domain/problems';
import type { Ports } from './ports';

export type SyncState = 'idle' | 'sending' | 'offline' | 'signed_out' | 'failed';

/** How the sending stands, in the words of the status line. */
export type SyncStatus = {
	state: SyncState;
	/** Changes that have not been sent. */
	waiting: number;
	/** ISO time of the oldest of them. */
	oldest_at: string | null;
	/** When everything had been sent and fetched for the last time (ms). */
	sent_at: number | null;
	/** Changes that came back and need a look. */
	look: number;
	/** How far the phone's clock was ahead of the server's at the last contact (ms), below zero behind. */
	clock_ahead: number;
	/** Why the state is `failed` or `signed_out`. */
	code: ProblemCode | null;
};

/** Before anything is known. */
export const IDLE: SyncStatus = {
	state: 'idle',
	waiting: 0,
	oldest_at: null,
	sent_at: null,
	look: 0,
	clock_ahead: 0,
	code: null
};

/** Where the last time that everything was sent is noted on the device. */
export const SENT_AT = 'sent_at';

/** Where it is noted how far the phone's clock is ahead. */
export const CLOCK_AHEAD = 'clock_ahead';

export function statusOf(
	state: SyncState,
	code: ProblemCode | null,
	device: Ports['device']
): SyncStatus {
	const { count, oldest_at } = device.waiting();
	const sent_at = device.meta<number>(SENT_AT) ?? null;
	const clock_ahead = device.meta<number>(CLOCK_AHEAD) ?? 0;
	const look = device.returned().length;
	return { state, waiting: count, oldest_at, sent_at, look, clock_ahead, code };
}

/** The state that a failure leads to, and its code. */
export function stateAfter(error: unknown): { state: SyncState; code: ProblemCode } {
	const code = codeOf(error);
	if (code === 'offline') return { state: 'offline', code };
	if (code === 'signed_out' || code === 'other_person') return { state: 'signed_out', code };
	return { state: 'failed', code };
}

/** The code that an error of ours carries; any other error is a fault of the program. */
export function codeOf(error: unknown): ProblemCode {
	return error instanceof ApiError || error instanceof DeviceError ? error.code : 'server_error';
}
