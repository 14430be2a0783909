import { beforeEach, describe, expect, it, vi } from 'vitest';
import { connect } from '$lib/data/api';
import { ApiError } from '$lib/data/problem';
import { fetchSession } from '$lib/data/session';
import { desk } from '../../src/routes/(staff)/desk.svelte';
import { Figures } from '../../src/routes/(staff)/figures.svelte';

vi.mock('$lib/data/session', () => ({ fetchSession: vi.fn(), endSession: vi.fn() }));
vi.mock('$lib/data/api', () => ({ connect: vi.fn() }));

const october = { month: '2026-10-01' };
const november = { month: '2026-11-01' };
const answerOf = ({ month }: { month: string }) => ({ as_of: '', month, rows: [], services: [] });

/** What the server does with a question of this person's browser. */
let answer: (args: { month: string }) => Promise<unknown>;

async function signedInAs(name: string) {
	vi.mocked(connect).mockReturnValue({
		person_id: name,
		rpc: ((fn: string, args: { month: string }) => {
			if (fn === 'me') return Promise.resolve({ name });
			if (fn === 'catalogue') return Promise.resolve({ version: '', entries: [] });
			return answer(args);
		}) as ReturnType<typeof connect>['rpc']
	});
	desk.close();
	await desk.open();
}

describe('the figures on a page', () => {
	beforeEach(async () => {
		answer = (args) => Promise.resolve(answerOf(args));
		await signedInAs('Hoàng Văn Ổi');
	});

	it('stay, with the reason, when the network is lost at a refresh', async () => {
		const figures = new Figures('compare_wards');
		await figures.show(november);
		answer = () => Promise.reject(new ApiError(0, 'offline'));
		await figures.refresh();
		expect(figures.answer?.month).toBe(november.month);
		expect(figures.trouble).toBe('offline');
		expect(figures.asking).toBe(false);
	});

	it('are those of the month on the screen, even if an earlier question is answered later', async () => {
		let late: (answer: unknown) => void = () => {};
		const figures = new Figures('compare_wards');
		answer = () => new Promise((resolve) => (late = resolve));
		const first = figures.show(october);
		answer = (args) => Promise.resolve(answerOf(args));
		await figures.show(november);
		late(answerOf(october));
		await first;
		expect(figures.answer?.month).toBe(november.month);
	});

	it('are there again without a network when the same month was shown before', async () => {
		await new Figures('compare_wards').show(november);
		answer = () => Promise.reject(new ApiError(0, 'offline'));
		const again = new Figures('compare_wards');
		await again.show(november);
		expect(again.answer?.month).toBe(november.month);
		await again.show(october);
		expect(again.answer).toBeNull();
	});

	it('are forgotten when the session has ended', async () => {
		const figures = new Figures('compare_wards');
		await figures.show(november);
		answer = () => Promise.reject(new ApiError(401, 'signed_out'));
		await figures.refresh();
		expect(desk.state).toBe('signed_out');
		expect(desk.me).toBeNull();
		expect(desk.lastAnswer('compare_wards', november)).toBeUndefined();
	});

	it('of one person are never shown to the next', async () => {
		await new Figures('compare_wards').show(november);
		await signedInAs('Đặng Thị Mận');
		expect(desk.me?.name).toBe('Đặng Thị Mận');
		expect(desk.lastAnswer('compare_wards', november)).toBeUndefined();
	});

	it('wait for a sign-in when nobody is signed in', async () => {
		vi.mocked(fetchSession).mockRejectedValueOnce(new ApiError(401, 'signed_out'));
		desk.close();
		await desk.open();
		expect(desk.state).toBe('signed_out');
	});
});
