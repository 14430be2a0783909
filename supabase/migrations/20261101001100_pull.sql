-- Bring back what lies above a phone's cursors. Runs with the caller's own rights: the policies
-- decide which groups and rows there are.

-- A cursor names the last change a phone has seen: "<seq>.<change_id>.<microsecond of its receipt>".
-- Number and id alone are not enough: after a restore phones send the same changes again, and one of
-- them may get its old number behind a stranger that the phone has not seen.
create function app.cursor_of(p_seq bigint, p_change_id uuid, p_received_at timestamptz) returns text
language sql immutable set search_path = '' as $$
	select p_seq || '.' || p_change_id || '.' || (extract(epoch from p_received_at) * 1000000)::bigint
$$;

-- Where each group of the caller stands, and where the phone says it does. A log that does not hold
-- the change of the phone's cursor was restored from a backup: `since` is null then, and the phone is
-- told to pull anew.
create function app.heads(p_city_id text, p_cursors json)
returns table (group_id uuid, last_seq bigint, head text, cursor text, since bigint)
language sql stable set search_path = '' as $$
	with said as (
		select app.uuid_or_null(s.key) as group_id, s.value as cursor,
			case when s.value ~ '^[0-9]{1,18}\.[0-9a-f-]{36}\.[0-9]{1,18}$' then split_part(s.value, '.', 1)::bigint end as seq
		from json_each_text(p_cursors) s
	)
	select mine.group_id, coalesce(l.last_seq, 0), coalesce(app.cursor_of(last.seq, last.change_id, last.received_at), ''),
		coalesce(said.cursor, ''), seen.seq
	from app.my_group_ids('read_records') mine(group_id)
	left join app.group_logs l on l.city_id = p_city_id and l.group_id = mine.group_id
	left join app.changes last on last.city_id = p_city_id and last.group_id = l.group_id and last.seq = l.last_seq
	left join said on said.group_id = mine.group_id
	left join app.changes seen on seen.city_id = p_city_id and seen.group_id = said.group_id
		and seen.seq = said.seq and app.cursor_of(seen.seq, seen.change_id, seen.received_at) = said.cursor
$$;

-- The rows of the groups that have something new, group after group, about p_room of them: a group
-- is opened while the ones before it leave room, and cut where the room ends. json and not jsonb: the
-- rows are only handed on, and writing them out once is a third of the work.
create function app.rows_above(p_city_id text, p_heads jsonb, p_room integer)
returns table (group_id uuid, seq bigint, list text, row_ json)
language sql stable set search_path = '' as $$
	with open as (
		select h.group_id, coalesce(h.since, 0) as since
		from (
			select t.group_id, t.since, sum(t.last_seq - coalesce(t.since, 0)) over (order by t.group_id) - (t.last_seq - coalesce(t.since, 0)) as before
			from jsonb_to_recordset(p_heads) t(group_id uuid, last_seq bigint, since bigint)
			where t.last_seq > coalesce(t.since, 0)
		) h
		where h.before < p_room
	)
	select o.group_id, r.seq, r.list, r.row_
	from open o
	cross join lateral (
		(select h.seq, 'households' as list, row_to_json(w) as row_ from app.households h
			cross join lateral (select h.id, h.group_id, h.seq, h.author_id, h.recorded_at, h.discarded, h.overlap, h.extra,
				h.label, h.adults, h.smartphone, h.internet, h.digital_address, h.online_services, h.digital_payment, h.priority, h.note) w
			where h.city_id = p_city_id and h.group_id = o.group_id and h.seq > o.since order by h.seq limit p_room)
		union all
		(select v.seq, 'visits', row_to_json(w) from app.visits v
			cross join lateral (select v.id, v.group_id, v.seq, v.author_id, v.recorded_at, v.discarded, v.overlap, v.extra,
				v.household_id, v.day, v.place, v.topics, v.outcome, v.people_helped, v.people_by_group, v.barriers, v.campaign, v.follow_up_on, v.note) w
			where v.city_id = p_city_id and v.group_id = o.group_id and v.seq > o.since order by v.seq limit p_room)
		union all
		(select s.seq, 'signups', row_to_json(w) from app.signups s
			cross join lateral (select s.id, s.group_id, s.seq, s.author_id, s.recorded_at, s.discarded, s.overlap, s.extra,
				s.household_id, s.visit_id, s.day, s.service, s.result, s.people) w
			where s.city_id = p_city_id and s.group_id = o.group_id and s.seq > o.since order by s.seq limit p_room)
		union all
		(select t.seq, 'trainings', row_to_json(w) from app.trainings t
			cross join lateral (select t.id, t.group_id, t.seq, t.author_id, t.recorded_at, t.discarded, t.overlap, t.extra,
				t.day, t.topics, t.place, t.campaign, t.headcount, t.people_by_group, t.note) w
			where t.city_id = p_city_id and t.group_id = o.group_id and t.seq > o.since order by t.seq limit p_room)
	) r
	order by o.group_id, r.seq
	limit p_room
$$;

-- One entry for every group in scope. At most about a thousand rows a call, so that a phone on a
-- weak line keeps what it got so far; `more` says that the group has not been told to its end.
create function api.pull(protocol integer, cursors json) returns json
language plpgsql stable set search_path = '' as $$
declare
	city text;
	room constant integer := 1000;
	standing jsonb;
	groups json;
begin
	perform app.check_protocol(protocol);
	city := app.require_session();
	if json_typeof(cursors) is distinct from 'object' then
		raise sqlstate 'PT400' using message = 'cursors must be an object', detail = 'cursors';
	end if;
	select coalesce(jsonb_agg(to_jsonb(h)), '[]') into standing from app.heads(city, cursors) h;

	with heads as (
		select * from jsonb_to_recordset(standing) t(group_id uuid, last_seq bigint, head text, cursor text, since bigint)
	), page as materialized (
		select * from app.rows_above(city, standing, room)
	), lists as (
		select p.group_id, p.list, json_agg(p.row_ order by p.seq) as its_rows from page p group by 1, 2
	), told as (
		select p.group_id, max(p.seq) as up_to from page p group by 1
	), pulled as (
		select h.*, t.up_to, coalesce(t.up_to, h.since, 0) >= h.last_seq as whole
		from heads h left join told t using (group_id)
	)
	select coalesce(json_agg(json_build_object(
		'group_id', p.group_id,
		'reset', p.cursor <> '' and p.since is null and (p.up_to is not null or p.last_seq = 0),
		'more', not p.whole,
		'cursor', case
			when p.whole then p.head
			when p.up_to is null then p.cursor
			else (
				select app.cursor_of(c.seq, c.change_id, c.received_at) from app.changes c
				where c.city_id = city and c.group_id = p.group_id and c.seq = p.up_to)
		end,
		'households', coalesce((select l.its_rows from lists l where l.group_id = p.group_id and l.list = 'households'), '[]'),
		'visits', coalesce((select l.its_rows from lists l where l.group_id = p.group_id and l.list = 'visits'), '[]'),
		'signups', coalesce((select l.its_rows from lists l where l.group_id = p.group_id and l.list = 'signups'), '[]'),
		'trainings', coalesce((select l.its_rows from lists l where l.group_id = p.group_id and l.list = 'trainings'), '[]')
	) order by p.group_id), '[]')
	into groups
	from pulled p;
	return json_build_object('groups', groups, 'server_time', now());
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.cursor_of(bigint, uuid, timestamptz), app.heads(text, json), app.rows_above(text, jsonb, integer), api.pull(integer, json) to authenticated;
