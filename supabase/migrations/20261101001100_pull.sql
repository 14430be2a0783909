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

-- What each group is told now: its rows above `above` up to `up_to`, and how the phone goes on. A group
-- is opened while the ones before it leave room, and cut where the room ends; `up_to` is null where
-- nothing of it is told. `more` says that the group has not been told to its end, `reset` that the phone
-- is to drop what it pulled before.
create function app.page(p_city_id text, p_cursors json, p_room integer)
returns table (group_id uuid, above bigint, up_to bigint, reset boolean, more boolean, cursor text)
language plpgsql stable set search_path = '' as $$
begin
	return query
	with standing as (
		select h.*, coalesce(h.since, 0) as above from app.heads(p_city_id, p_cursors) h
	), lined_up as (
		select s.*, sum(s.last_seq - s.above) over (order by s.group_id) - (s.last_seq - s.above) as before from standing s
	)
	select s.group_id, s.above, told.up_to,
		s.cursor <> '' and s.since is null and (told.up_to is not null or s.last_seq = 0),
		coalesce(told.up_to, s.above) < s.last_seq,
		case
			when coalesce(told.up_to, s.above) >= s.last_seq then s.head
			when told.up_to is null then s.cursor
			else (
				select app.cursor_of(c.seq, c.change_id, c.received_at) from app.changes c
				where c.city_id = p_city_id and c.group_id = s.group_id and c.seq = told.up_to)
		end
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
			(select q.seq from app.requests q
				where q.city_id = p_city_id and q.group_id = s.group_id and q.seq > s.above order by q.seq limit p_room)
			union all
			(select g.seq from app.goals g
				where g.city_id = p_city_id and g.group_id = s.group_id and g.seq > s.above order by g.seq limit p_room)
			union all
			(select k.seq from app.thanks k
				where k.city_id = p_city_id and k.group_id = s.group_id and k.seq > s.above order by k.seq limit p_room)
			union all
			(select d.seq from app.departures d
				where d.city_id = p_city_id and d.group_id = s.group_id and d.seq > s.above order by d.seq limit p_room)
			order by seq
			limit case when s.last_seq > s.above then greatest(p_room - s.before, 0) else 0 end
		) r
	) told on true
	order by s.group_id;
end $$;

-- One entry for every group in scope; of each kind of record every field with its values in the order of
-- the records, null where there are none. Nothing is named more than once, and what is alike stands
-- together: on a weak line a fifth less than rows, for the phone half the reading. Rows stay rows up to
-- the outermost call, which writes them all as JSON once: every json inside a json is copied again, and
-- those copies took longer than reading the rows.
create function app.pull_records(p_city_id text, p_cursors json, p_room integer) returns json
language plpgsql stable set search_path = '' as $$
begin
	return (select json_build_object(
		'groups', array(select g from (
			select p.group_id, p.reset, p.more, p.cursor,
			(select c from (
				select array_agg(h.id) as id, array_agg(h.seq) as seq, array_agg(h.author_id) as author_id,
					array_agg(h.recorded_at) as recorded_at, array_agg(h.discarded) as discarded, array_agg(to_json(h.overlap)) as overlap,
					array_agg(h.extra) as extra, array_agg(h.label) as label, array_agg(h.adults) as adults,
					array_agg(h.smartphone) as smartphone, array_agg(h.internet) as internet,
					array_agg(h.digital_address) as digital_address, array_agg(h.electronic_id) as electronic_id,
					array_agg(h.online_services) as online_services, array_agg(h.digital_payment) as digital_payment,
					array_agg(h.helps_others) as helps_others, array_agg(h.priority) as priority, array_agg(h.note) as note,
					array_agg(h.merged_into) as merged_into, array_agg(h.assigned_to) as assigned_to,
					array_agg(h.taken_by) as taken_by, array_agg(h.said_on) as said_on, array_agg(h.contact) as contact
				from (
					select r.*, case when k.phone is not null then json_build_object('phone', k.phone, 'name', k.name,
						'consented_on', k.consented_on, 'consent_text', k.consent_text, 'recorded_by', k.recorded_by) end as contact
					from app.households r
					-- Row by row, and only for those who may see it: there are few.
					left join app.household_contacts k on k.city_id = r.city_id and k.household_id = r.id and k.group_id = r.group_id
					where r.city_id = p_city_id and r.group_id = p.group_id and r.seq > p.above and r.seq <= p.up_to order by r.seq) h
				having count(*) > 0) c) as households,
			(select c from (
				select array_agg(v.id) as id, array_agg(v.seq) as seq, array_agg(v.author_id) as author_id,
					array_agg(v.recorded_at) as recorded_at, array_agg(v.discarded) as discarded, array_agg(to_json(v.overlap)) as overlap,
					array_agg(v.extra) as extra, array_agg(v.household_id) as household_id, array_agg(v.day) as day,
					array_agg(v.place) as place, array_agg(to_json(v.topics)) as topics, array_agg(v.outcome) as outcome,
					array_agg(v.people_helped) as people_helped, array_agg(v.people_by_group) as people_by_group,
					array_agg(to_json(v.barriers)) as barriers, array_agg(v.campaign) as campaign,
					array_agg(v.follow_up_on) as follow_up_on, array_agg(v.note) as note
				from (
					select * from app.visits r
					where r.city_id = p_city_id and r.group_id = p.group_id and r.seq > p.above and r.seq <= p.up_to order by r.seq) v
				having count(*) > 0) c) as visits,
			(select c from (
				select array_agg(s.id) as id, array_agg(s.seq) as seq, array_agg(s.author_id) as author_id,
					array_agg(s.recorded_at) as recorded_at, array_agg(s.discarded) as discarded, array_agg(to_json(s.overlap)) as overlap,
					array_agg(s.extra) as extra, array_agg(s.household_id) as household_id, array_agg(s.visit_id) as visit_id,
					array_agg(s.day) as day, array_agg(s.service) as service, array_agg(s.result) as result, array_agg(s.people) as people
				from (
					select * from app.signups r
					where r.city_id = p_city_id and r.group_id = p.group_id and r.seq > p.above and r.seq <= p.up_to order by r.seq) s
				having count(*) > 0) c) as signups,
			(select c from (
				select array_agg(t.id) as id, array_agg(t.seq) as seq, array_agg(t.author_id) as author_id,
					array_agg(t.recorded_at) as recorded_at, array_agg(t.discarded) as discarded, array_agg(to_json(t.overlap)) as overlap,
					array_agg(t.extra) as extra, array_agg(t.day) as day, array_agg(to_json(t.topics)) as topics,
					array_agg(t.place) as place, array_agg(t.campaign) as campaign, array_agg(t.headcount) as headcount,
					array_agg(t.people_by_group) as people_by_group, array_agg(to_json(t.household_ids)) as household_ids,
					array_agg(to_json(t.member_ids)) as member_ids, array_agg(t.session_id) as session_id, array_agg(t.note) as note
				from (
					select * from app.trainings r
					where r.city_id = p_city_id and r.group_id = p.group_id and r.seq > p.above and r.seq <= p.up_to order by r.seq) t
				having count(*) > 0) c) as trainings,
			(select c from (
				select array_agg(q.id) as id, array_agg(q.seq) as seq, array_agg(q.author_id) as author_id,
					array_agg(q.recorded_at) as recorded_at, array_agg(q.discarded) as discarded, array_agg(to_json(q.overlap)) as overlap,
					array_agg(q.extra) as extra, array_agg(q.label) as label, array_agg(q.topic) as topic,
					array_agg(q.wish_time) as wish_time, array_agg(to_json(q.wish_weekdays)) as wish_weekdays,
					array_agg(q.asked_on) as asked_on, array_agg(q.source) as source, array_agg(q.consent) as consent,
					array_agg(q.household_id) as household_id, array_agg(q.taken_by) as taken_by, array_agg(q.visit_id) as visit_id,
					array_agg(q.ended_as) as ended_as, array_agg(q.ended_on) as ended_on
				from (
					select * from app.requests r
					where r.city_id = p_city_id and r.group_id = p.group_id and r.seq > p.above and r.seq <= p.up_to order by r.seq) q
				having count(*) > 0) c) as requests,
			(select c from (
				select array_agg(a.id) as id, array_agg(a.seq) as seq, array_agg(a.author_id) as author_id,
					array_agg(a.recorded_at) as recorded_at, array_agg(a.discarded) as discarded, array_agg(to_json(a.overlap)) as overlap,
					array_agg(a.extra) as extra, array_agg(a.from_week) as from_week, array_agg(a.households) as households
				from (
					select * from app.goals r
					where r.city_id = p_city_id and r.group_id = p.group_id and r.seq > p.above and r.seq <= p.up_to order by r.seq) a
				having count(*) > 0) c) as goals,
			(select c from (
				select array_agg(k.id) as id, array_agg(k.seq) as seq, array_agg(k.author_id) as author_id,
					array_agg(k.recorded_at) as recorded_at, array_agg(k.discarded) as discarded, array_agg(to_json(k.overlap)) as overlap,
					array_agg(k.extra) as extra, array_agg(k.week) as week, array_agg(k.to_id) as to_id, array_agg(k.words) as words
				from (
					select * from app.thanks r
					where r.city_id = p_city_id and r.group_id = p.group_id and r.seq > p.above and r.seq <= p.up_to order by r.seq) k
				having count(*) > 0) c) as thanks,
			array(select r from (
				select d.id, d.kind, d.seq from app.departures d
				where d.city_id = p_city_id and d.group_id = p.group_id and d.seq > p.above and d.seq <= p.up_to order by d.seq) r) as moved
			from app.page(p_city_id, p_cursors, p_room) p) g),
		'server_time', now()));
end $$;

-- At most so many rows a call, so that a phone on a weak line keeps what it got so far: by columns three
-- thousand take two seconds at 400 kbit/s, and every call costs such a line a third of a second more.
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
	return app.pull_records(city, cursors, 3000);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.cursor_of(bigint, uuid, timestamptz), app.heads(text, json), app.page(text, json, integer),
	app.pull_records(text, json, integer), api.pull(integer, json) to authenticated;
