import { household, type Sent } from '../support/changes';
import { startServer } from '../support/server';
import type { Outcome } from './outcome';
import { pusher, type Pusher } from './pusher';
import { signIn } from './sign_in';

/** As many as a city's phones would have under way at once. */
const AT_ONCE = 6;
const PER_PUSH = 5;

/**
 * Kills the server with SIGKILL in the middle of pushes, so many times, and asks it afterwards for
 * everything that it had confirmed: how much that was, and how much of it was gone.
 */
export async function killServer(times: number): Promise<Outcome> {
	const server = await startServer();
	const asMember = await signIn(server.url);
	const confirmed = new Map<string, Sent>();
	let lost = 0;
	for (let n = 0; n < times; n++) {
		const push = await pusher(server.url, asMember);
		const group_id = push.group_id;
		const fresh = new Map<string, Sent>();
		let killed: Promise<unknown> | null = null;
		let answers = 0;
		const phone = async () => {
			while (!killed) {
				const changes = Array.from({ length: PER_PUSH }, () => household('Nhà', { group_id }));
				const answer = await push.send(changes).catch(() => null);
				for (const { change_id, verdict } of answer?.verdicts ?? []) {
					const change = changes.find((one) => one.change_id === change_id);
					if (change && verdict === 'applied') fresh.set(change_id, change);
				}
				// The others are under way at this moment.
				if (++answers > n % 20) killed ??= server.kill();
			}
		};
		await Promise.all(Array.from({ length: AT_ONCE }, phone));
		await killed;
		await server.restart();
		for (const [id, change] of fresh) confirmed.set(id, change);
		lost += await forgotten(await pusher(server.url, asMember), [...fresh.values()]);
	}
	lost += await forgotten(await pusher(server.url, asMember), [...confirmed.values()]);
	await server.stop();
	return { acknowledged: confirmed.size, lost };
}

/** A change that the server has is a duplicate; one that it takes as new was forgotten. */
async function forgotten(push: Pusher, changes: Sent[]) {
	let lost = 0;
	for (let n = 0; n < changes.length; n += 200) {
		const { verdicts } = await push.send(changes.slice(n, n + 200));
		lost += verdicts.filter(({ verdict }) => verdict !== 'duplicate').length;
	}
	return lost;
}
