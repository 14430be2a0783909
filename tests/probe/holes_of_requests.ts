import { edit, policy, type Hole } from './hole';

/** Mistakes in how requests for help come in, and who receives them. */
export const REQUEST_HOLES: Hole[] = [
	policy(
		'requests for help: of the whole city',
		'teams and officers read the requests for help of their groups',
		'requests',
		'city_id = (select app.my_city_id())'
	),
	{
		name: 'posters: granted, with a policy that lets all through',
		sql: `create policy "posters hang in public" on app.posters for select to authenticated using (true);
			grant select on app.posters to authenticated`
	},
	edit(
		'a poster is made for any group',
		'app.poster',
		"p_group_id not in (select app.my_group_ids('receive_requests'))",
		'false'
	),
	edit(
		'a poster that was replaced still leads to the team',
		'app.poster_of',
		' and p.ended_at is null',
		''
	),
	edit(
		'a poster is made by whoever records',
		'app.poster',
		"app.my_group_ids('receive_requests')",
		"app.my_group_ids('record')"
	),
	edit(
		'a request is entered for any group',
		'app.enter_request',
		"p_group_id not in (select app.my_group_ids('receive_requests'))",
		'false'
	),
	edit(
		'requests of every group are told to whoever receives some',
		'app.requests_received',
		" and r.group_id in (select app.my_group_ids('receive_requests'))",
		''
	),
	{
		name: 'anybody asks by a poster past the web server',
		sql: 'grant execute on function api.server_ask(text, text, uuid, jsonb) to authenticated'
	}
];
