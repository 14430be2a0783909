import { Server } from '../sync/server';
import { memoryPhones } from './memory_phones';
import type { City, Target } from './target';
import { FOLLOWERS } from './world';

/** The server of tests/sync, with pages so small that every pull has several. */
export function memoryTarget(): Target {
	let server = new Server();
	const city: City = {
		async begin(scopes) {
			server = new Server();
			server.beginning = '';
			server.page = 3;
			server.members = new Map(scopes);
			server.followers = new Set(FOLLOWERS);
		},
		async setScope(person_id, group_ids) {
			server.members.set(person_id, group_ids);
		},
		async backup() {
			const restore = server.backup();
			return async () => restore();
		},
		async books() {
			const order = [...server.logs].flatMap(([, log]) =>
				log.map((one) => one.split('.')[0] ?? '')
			);
			const twice = order.filter((id, n) => order.indexOf(id) !== n);
			return {
				changes: [...server.applied.values()].map(
					({ change, author_id, device_id, seq, verdict }) => ({
						change_id: change.change_id,
						record_id: change.record_id,
						group_id: change.group_id,
						base: change.base,
						fields: Object.keys(change.fields),
						author_id,
						device_id,
						seq,
						verdict: verdict.verdict
					})
				),
				rows: [...server.rows.values()],
				totals: twice.map((id) => `${id} was counted twice`)
			};
		},
		end: async () => {}
	};
	const phones = memoryPhones((_person_id, session) => {
		// A token names one person for as long as it lasts; each run begins with a fresh one.
		let token = session();
		return {
			get person_id() {
				return (token = session());
			},
			rpc: async (name, args) => server.call(token, name, args)
		};
	});
	return { name: 'memory', city, phones };
}
