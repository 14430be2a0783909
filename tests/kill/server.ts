import { household, type Sent } from '../support/changes';
import { startServer } from '../support/server';
import { signIn } from './sign_in';

/** As many as a city's phones would have under way at once. */
const AT_ONCE = 6;
const PER_PUSH = 5;

type Answer = { verdicts: { change_id: string; verdict: string; seq?: number }[] };

/**
 * Kills the server with SIGKILL in the middle of pushes, so many times, and asks it afterwards for
 * everything that it had confirmed. Answers how many of those it had forgotten.
 */
export async function killServer(times: number): Promise<number> {
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
	return lost;
}

/** A change that the server has is a duplicate; one that it takes as new was forgotten. */
async function forgotten(push: Awaited<ReturnType<typeof pusher>>, changes: Sent[]) {
	let lost = 0;
	for (let n = 0; n < changes.length; n += 200) {
		const { verdicts } = await push.send(changes.slice(n, n + 200));
		lost += verdicts.filter(({ verdict }) => verdict !== 'duplicate').length;
	}
	return lost;
}

async function pusher(url: string, asMember: Awaited<ReturnType<typeof signIn>>) {
	const { token } = await asMember.session();
	const rpc = async <T>(name: string, args: object): Promise<T> => {
		const answer = await fetch(`${url}/rest/v1/rpc/${name}`, {
			method: 'POST',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: JSON.stringify(args)
		});
		if (!answer.ok) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
		return (await answer.json()) as T;
	};
	const { groups } = await rpc<{ groups: { group_id: string }[] }>('pull', {
		protocol: 1,
		cursors: {}
	});
	return {
		group_id: groups[0]?.group_id ?? '',
		send: (changes: Sent[]) => rpc<Answer>('push', { protocol: 1, device: {}, changes })
	};
}
