import type { Sent } from '../support/changes';
import type { signIn } from './sign_in';

type Answer = { verdicts: { change_id: string; verdict: string; seq?: number }[] };

/** Pushes changes in the name of a member, to the first of their groups. */
export type Pusher = { group_id: string; send(changes: Sent[]): Promise<Answer> };

export async function pusher(
	url: string,
	asMember: Awaited<ReturnType<typeof signIn>>
): Promise<Pusher> {
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
		send: (changes) => rpc<Answer>('push', { protocol: 1, device: {}, changes })
	};
}
