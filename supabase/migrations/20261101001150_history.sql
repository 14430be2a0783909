-- What became of a record: every change that was applied to it, with what it replaced, so that a team
-- or an officer can see whose word stands and what stood before. Whoever has the record has all of its
-- history, also of a group that it has left.

-- security definer: the values in app.changes are readable by nobody; this is the one way to them.
create function app.history(p_record_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	mine constant uuid[] := array(select app.my_group_ids('read_records'));
begin
	return (
		select coalesce(jsonb_agg(jsonb_build_object(
			'change_id', c.change_id, 'seq', c.seq, 'at', c.at, 'received_at', c.received_at, 'author_id', c.author_id, 'author', p.name,
			'fields', c.fields - 'reason', 'earlier', coalesce(c.earlier, '{}'), 'overlap', coalesce(to_jsonb(c.overlap), '[]'),
			'reason', c.fields -> 'reason') order by c.received_at desc, c.seq desc), '[]')
		from app.changes c
		-- What residents ask for by a poster has nobody's id: its first entry is told without a name.
		left join app.people p on p.city_id = c.city_id and p.person_id = c.author_id
		where c.city_id = city and c.record_id = p_record_id and c.seq is not null
			-- A number that only marks that the record came or left says nothing.
			and c.fields <> '{}'
			and app.record(c.kind, city, p_record_id) ->> 'group_id' = any (mine::text[]));
end $$;

create function api.history(record_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select app.history(record_id)
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.history(uuid), api.history(uuid) to authenticated;
