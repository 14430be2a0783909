-- What a request for help said of a place is emptied when it has long been done: the label that neighbours
-- use for it, and when somebody is at home. What it was about, and when it came and ended, stays: it is counted.

-- The requests of which the words may go: ended before this day, or taken back and written down before it.
create function app.requests_to_empty(p_before date) returns setof app.requests
language sql stable set search_path = '' as $$
	select q.* from app.requests q
	where q.label <> '' and (q.ended_as <> '' or q.discarded) and coalesce(q.ended_on, app.day_of(q.recorded_at)) < p_before
$$;

-- Empties them, here and in the log of changes, and tells every phone by a number of its own. Answers how many
-- there were. Group after group in sorted order, under the lock of its log, like a push. security
-- definer: nobody holds a write grant on the tables of records.
create function app.empty_requests(p_before date) returns integer
language plpgsql volatile security definer set search_path = '' as $$
declare
	words constant text[] := array['label', 'wish_time', 'wish_weekdays'];
	nobody constant uuid := '00000000-0000-0000-0000-000000000000';
	log app.group_logs;
	old app.requests;
	emptied integer := 0;
begin
	for log in
		select l.* from app.group_logs l
		where (l.city_id, l.group_id) in (select q.city_id, q.group_id from app.requests_to_empty(p_before) q)
		order by l.city_id, l.group_id for update
	loop
		-- Asked again now that the log is locked: one may just have been opened again, or have moved on.
		for old in
			select q.* from app.requests_to_empty(p_before) q
			where q.city_id = log.city_id and q.group_id = log.group_id order by q.seq
		loop
			log.last_seq := log.last_seq + 1;
			log.last_change_id := gen_random_uuid();
			update app.requests q set seq = log.last_seq, label = '', wish_time = '', wish_weekdays = '{}', extra = '{}'
			where q.city_id = old.city_id and q.id = old.id;
			update app.changes c set fields = c.fields - words, earlier = c.earlier - words
			where c.city_id = old.city_id and c.record_id = old.id;
			insert into app.changes (city_id, change_id, group_id, seq, kind, record_id, author_id, at, verdict)
			values (old.city_id, log.last_change_id, old.group_id, log.last_seq, 'request', old.id, nobody, now(), 'applied');
			emptied := emptied + 1;
		end loop;
		update app.group_logs l set last_seq = log.last_seq, last_change_id = log.last_change_id
		where l.city_id = log.city_id and l.group_id = log.group_id;
	end loop;
	return emptied;
end $$;

-- Ninety days, as for what else was written down to find somebody again. The server asks once a day.
create function api.server_requests_empty() returns jsonb
language sql volatile set search_path = '' as $$
	select to_jsonb(app.empty_requests(app.today() - 90))
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.empty_requests(date), api.server_requests_empty() to app_server;
