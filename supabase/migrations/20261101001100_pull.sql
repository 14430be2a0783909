-- Bring back what lies above a phone's cursors. Runs with the caller's own rights: the policies
-- decide which groups and rows there are.

-- A cursor names the last change a phone has seen, "<seq>.<change_id>". A log that does not hold
-- that change at that number was restored from a backup: the phone is told to pull anew.
create function app.cursor_seq(p_city_id text, p_group_id uuid, p_cursor text) returns bigint
language sql stable set search_path = '' as $$
	select c.seq from app.changes c
	where p_cursor ~ '^[0-9]{1,18}\.[0-9a-f-]{36}$'
		and c.city_id = p_city_id and c.group_id = p_group_id
		and c.seq = split_part(p_cursor, '.', 1)::bigint
		and c.change_id = app.uuid_or_null(split_part(p_cursor, '.', 2))
$$;

create function app.pull_group(p_city_id text, p_group_id uuid, p_cursor text, p_limit integer) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	head app.group_logs;
	since bigint := app.cursor_seq(p_city_id, p_group_id, p_cursor);
	page jsonb;
	last_seq bigint;
	found_rows integer;
begin
	select * into head from app.group_logs l where l.city_id = p_city_id and l.group_id = p_group_id;
	with rows as (
		(select h.seq, 'households' as list, to_jsonb(h) - 'city_id' as row from app.households h
			where h.city_id = p_city_id and h.group_id = p_group_id and h.seq > coalesce(since, 0) order by h.seq limit p_limit)
		union all
		(select v.seq, 'visits', to_jsonb(v) - 'city_id' from app.visits v
			where v.city_id = p_city_id and v.group_id = p_group_id and v.seq > coalesce(since, 0) order by v.seq limit p_limit)
		union all
		(select s.seq, 'signups', to_jsonb(s) - 'city_id' from app.signups s
			where s.city_id = p_city_id and s.group_id = p_group_id and s.seq > coalesce(since, 0) order by s.seq limit p_limit)
		union all
		(select t.seq, 'trainings', to_jsonb(t) - 'city_id' from app.trainings t
			where t.city_id = p_city_id and t.group_id = p_group_id and t.seq > coalesce(since, 0) order by t.seq limit p_limit)
	), first as (
		select * from rows order by seq limit p_limit
	), lists as (
		select list, jsonb_agg(row order by seq) as its_rows, count(*) as n, max(seq) as up_to from first group by list
	)
	select jsonb_object_agg(list, its_rows), max(up_to), sum(n) into page, last_seq, found_rows from lists;
	if coalesce(found_rows, 0) < p_limit then
		last_seq := head.last_seq;
	end if;
	return '{"households": [], "visits": [], "signups": [], "trainings": []}'::jsonb || coalesce(page, '{}') || jsonb_build_object(
		'group_id', p_group_id,
		'reset', p_cursor is not null and since is null and p_cursor <> '',
		'more', last_seq < head.last_seq,
		'cursor', coalesce(last_seq || '.' || (
			select c.change_id from app.changes c
			where c.city_id = p_city_id and c.group_id = p_group_id and c.seq = last_seq
		), '')
	);
end $$;

-- At most about a thousand rows a call, so that a phone on a weak line keeps what it got so far.
create function api.pull(protocol integer, cursors jsonb) returns jsonb
language plpgsql stable set search_path = '' as $$
declare
	city text := app.my_city_id();
	one record;
	answer jsonb;
	groups jsonb := '[]';
	room integer := 1000;
begin
	perform app.check_protocol(protocol);
	if city is null then
		raise insufficient_privilege using message = 'the session has ended';
	end if;
	if jsonb_typeof(cursors) is distinct from 'object' then
		raise sqlstate 'PT400' using message = 'cursors must be an object', detail = 'cursors';
	end if;
	for one in select g as group_id from app.my_group_ids('read_records') g order by 1 loop
		if room > 0 then
			answer := app.pull_group(city, one.group_id, cursors ->> one.group_id::text, room);
			room := room - jsonb_array_length(answer -> 'households') - jsonb_array_length(answer -> 'visits')
				- jsonb_array_length(answer -> 'signups') - jsonb_array_length(answer -> 'trainings');
		else
			answer := jsonb_build_object(
				'group_id', one.group_id, 'cursor', coalesce(cursors ->> one.group_id::text, ''), 'more', true, 'reset', false,
				'households', '[]'::jsonb, 'visits', '[]'::jsonb, 'signups', '[]'::jsonb, 'trainings', '[]'::jsonb);
		end if;
		groups := groups || answer;
	end loop;
	return jsonb_build_object('groups', groups, 'server_time', now());
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.cursor_seq(text, uuid, text), app.pull_group(text, uuid, text, integer), api.pull(integer, jsonb)
	to authenticated;
