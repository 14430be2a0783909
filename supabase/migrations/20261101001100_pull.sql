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
-- told to pull anew. The limits of one keep each look-up by itself: as plain joins, those of an officer
-- with fifty groups were answered by reading all that the city had ever written.
-- (These are plpgsql, like those in …_sessions.sql, because its plans are kept.)
create function app.heads(p_city_id text, p_cursors json)
returns table (group_id uuid, last_seq bigint, head text, cursor text, since bigint)
language plpgsql stable set search_path = '' as $$
begin
	return query
	with said as (
		select app.uuid_or_null(s.key) as group_id, s.value as cursor,
			case when s.value ~ '^[0-9]{1,18}\.[0-9a-f-]{36}\.[0-9]{1,18}$' then split_part(s.value, '.', 1)::bigint end as seq
		from json_each_text(p_cursors) s
	)
	select mine.group_id, coalesce(l.last_seq, 0), coalesce(app.cursor_of(last.seq, last.change_id, last.received_at), ''),
		coalesce(said.cursor, ''), seen.seq
	from app.my_group_ids('read_records') mine(group_id)
	left join app.group_logs l on l.city_id = p_city_id and l.group_id = mine.group_id
	left join lateral (
		select c.seq, c.change_id, c.received_at from app.changes c
		where c.city_id = p_city_id and c.group_id = l.group_id and c.seq = l.last_seq
		limit 1) last on true
	left join said on said.group_id = mine.group_id
	left join lateral (
		select c.seq from app.changes c
		where c.city_id = p_city_id and c.group_id = said.group_id and c.seq = said.seq
			and app.cursor_of(c.seq, c.change_id, c.received_at) = said.cursor
		limit 1) seen on true;
end $$;

-- What each group is told now: its rows above `above` up to `up_to`. A group is opened while the ones
-- before it leave room, and cut where the room ends; `up_to` is null where nothing of it is told.
create function app.page(p_city_id text, p_cursors json, p_room integer)
returns table (group_id uuid, last_seq bigint, head text, cursor text, since bigint, above bigint, up_to bigint)
language plpgsql stable set search_path = '' as $$
begin
	return query
	with standing as (
		select h.*, coalesce(h.since, 0) as above from app.heads(p_city_id, p_cursors) h
	), lined_up as (
		select s.*, sum(s.last_seq - s.above) over (order by s.group_id) - (s.last_seq - s.above) as before from standing s
	)
	select s.group_id, s.last_seq, s.head, s.cursor, s.since, s.above, told.up_to
	from lined_up s
	left join lateral (
		select max(r.seq) as up_to
		from (
			(select h.seq from app.households h
				where h.city_id = p_city_id and h.group_id = s.group_id and h.seq > s.above order by h.seq limit p_room)
			union all
			(select v.seq from app.visits v
				where v.city_id = p_city_id and v.group_id = s.group_id and v.seq > s.above order by v.seq limit p_room)
			union all
			(select u.seq from app.signups u
				where u.city_id = p_city_id and u.group_id = s.group_id and u.seq > s.above order by u.seq limit p_room)
			union all
			(select t.seq from app.trainings t
				where t.city_id = p_city_id and t.group_id = s.group_id and t.seq > s.above order by t.seq limit p_room)
			union all
			(select d.seq from app.departures d
				where d.city_id = p_city_id and d.group_id = s.group_id and d.seq > s.above order by d.seq limit p_room)
			order by seq
			limit case when s.last_seq > s.above then greatest(p_room - s.before, 0) else 0 end
		) r
	) told on true;
end $$;

-- One entry for every group in scope. At most about a thousand rows a call, so that a phone on a
-- weak line keeps what it got so far; `more` says that the group has not been told to its end.
-- Rows stay rows up to the outermost call, which writes them all as JSON once: every json inside a
-- json is copied again, and those copies took longer than reading the rows.
create function api.pull(protocol integer, cursors json) returns json
language plpgsql stable set search_path = '' as $$
declare
	city text;
begin
	perform app.check_protocol(protocol);
	city := app.require_session();
	if json_typeof(cursors) is distinct from 'object' then
		raise sqlstate 'PT400' using message = 'cursors must be an object', detail = 'cursors';
	end if;
	return (select json_build_object(
		'groups', array(select g from (
			select p.group_id,
				p.cursor <> '' and p.since is null and (p.up_to is not null or p.last_seq = 0) as reset,
				coalesce(p.up_to, p.above) < p.last_seq as more,
				case
					when coalesce(p.up_to, p.above) >= p.last_seq then p.head
					when p.up_to is null then p.cursor
					else (
						select app.cursor_of(c.seq, c.change_id, c.received_at) from app.changes c
						where c.city_id = city and c.group_id = p.group_id and c.seq = p.up_to)
				end as cursor,
				array(select r from (
					select h.id, h.group_id, h.seq, h.author_id, h.recorded_at, h.discarded, h.overlap, h.extra,
						h.label, h.adults, h.smartphone, h.internet, h.digital_address, h.electronic_id, h.online_services, h.digital_payment,
						h.helps_others, h.priority, h.note, h.merged_into, h.assigned_to, h.taken_by, h.said_on
					from app.households h
					where h.city_id = city and h.group_id = p.group_id and h.seq > p.above and h.seq <= p.up_to order by h.seq) r) as households,
				array(select r from (
					select v.id, v.group_id, v.seq, v.author_id, v.recorded_at, v.discarded, v.overlap, v.extra,
						v.household_id, v.day, v.place, v.topics, v.outcome, v.people_helped, v.people_by_group, v.barriers, v.campaign, v.follow_up_on, v.note
					from app.visits v
					where v.city_id = city and v.group_id = p.group_id and v.seq > p.above and v.seq <= p.up_to order by v.seq) r) as visits,
				array(select r from (
					select s.id, s.group_id, s.seq, s.author_id, s.recorded_at, s.discarded, s.overlap, s.extra,
						s.household_id, s.visit_id, s.day, s.service, s.result, s.people
					from app.signups s
					where s.city_id = city and s.group_id = p.group_id and s.seq > p.above and s.seq <= p.up_to order by s.seq) r) as signups,
				array(select r from (
					select t.id, t.group_id, t.seq, t.author_id, t.recorded_at, t.discarded, t.overlap, t.extra,
						t.day, t.topics, t.place, t.campaign, t.headcount, t.people_by_group, t.household_ids, t.member_ids, t.session_id, t.note
					from app.trainings t
					where t.city_id = city and t.group_id = p.group_id and t.seq > p.above and t.seq <= p.up_to order by t.seq) r) as trainings,
				array(select r from (
					select d.id, d.kind, d.seq from app.departures d
					where d.city_id = city and d.group_id = p.group_id and d.seq > p.above and d.seq <= p.up_to order by d.seq) r) as moved
			from app.page(city, cursors, 1000) p order by p.group_id) g),
		'server_time', now()));
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.cursor_of(bigint, uuid, timestamptz), app.heads(text, json), app.page(text, json, integer), api.pull(integer, json) to authenticated;
