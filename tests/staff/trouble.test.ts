import { describe, expect, it } from 'vitest';
import { ApiError } from '$lib/data/problem';
import { troubleOf, within } from '../../src/routes/(staff)/trouble';

describe('a page without an answer', () => {
	it('tells no network, an ended session, a forbidden page and an unknown place apart', () => {
		expect(troubleOf(new ApiError(0, 'offline'))).toBe('offline');
		expect(troubleOf(new ApiError(401, 'signed_out'))).toBe('signed_out');
		expect(troubleOf(new ApiError(403, 'not_allowed'))).toBe('forbidden');
		expect(troubleOf(new ApiError(404, 'server_error'))).toBe('not_found');
		expect(troubleOf(new ApiError(400, 'server_error'))).toBe('not_found');
		expect(troubleOf(new ApiError(500, 'server_error'))).toBe('failed');
	});

	it('says so after a while instead of waiting without end', async () => {
		const never = new Promise<void>(() => {});
		await expect(within(never, 1)).rejects.toMatchObject({ status: 0 });
	});

	it('passes on an answer, or an error, that comes in time', async () => {
		await expect(within(Promise.resolve('figures'))).resolves.toBe('figures');
		const denied = new ApiError(403, 'not_allowed');
		await expect(within(Promise.reject(denied))).rejects.toBe(denied);
	});
});
