-- A month of a group that is closed: reports have been made from it. What is written about it later is
-- not lost: it waits as a request until the officer says whether the month is to say so.

insert into app.verbs (verb) values ('close_periods'), ('decide_corrections');
insert into app.role_verbs (role, verb) values
	('leader', 'close_periods'), ('ward_officer', 'close_periods'), ('ward_officer', 'decide_corrections');

create table app.closed_periods (
	city_id text not null,
	group_id uuid not null,
	month date not null,
	closed_by uuid not null,
	closed_at timestamptz not null default now(),
	constraint closed_periods_pkey primary key (city_id, group_id, month),
	constraint closed_periods_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint closed_periods_person foreign key (city_id, closed_by) references app.people (city_id, person_id),
	constraint closed_periods_month_is_first_day check (extract(day from month) = 1)
);

create table app.correction_requests (
	city_id text not null,
	change_id uuid not null,
	group_id uuid not null,
	kind text not null,
	record_id uuid not null,
	author_id uuid not null,
	device_id uuid,
	base bigint,
	fields jsonb not null,
	at timestamptz not null,
	asked_at timestamptz not null default now(),
	decided_by uuid,
	decided_at timestamptz,
	accepted boolean,
	constraint correction_requests_pkey primary key (city_id, change_id),
	constraint correction_requests_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint correction_requests_author foreign key (city_id, author_id) references app.people (city_id, person_id),
	constraint correction_requests_officer foreign key (city_id, decided_by) references app.people (city_id, person_id),
	constraint correction_requests_decided_whole check (num_nulls(decided_by, decided_at, accepted) in (0, 3))
);
comment on table app.correction_requests is 'Changes of a closed month, judged whole and kept as they were sent, until an officer decides.';
create index correction_requests_open on app.correction_requests (city_id, group_id, asked_at) where decided_at is null;

alter table app.closed_periods enable row level security;
alter table app.correction_requests enable row level security;
create policy "teams and officers see which months are closed" on app.closed_periods for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
create policy "officers read the requests of their groups" on app.correction_requests for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('decide_corrections')));
grant select on app.closed_periods, app.correction_requests to authenticated;
-- No insert, update or delete for anybody: months are closed by api.close_period, requests come by app.push.

-- Whether one of these days lies in a closed month of the group. The caller holds the lock of its log,
-- and so does whoever closes a month.
create function app.is_closed(p_city_id text, p_group_id uuid, p_days text[]) returns boolean
language plpgsql stable set search_path = '' as $$
begin
	return exists (
		select from app.closed_periods c
		where c.city_id = p_city_id and c.group_id = p_group_id
			and to_char(c.month, 'YYYY-MM') in (select left(d, 7) from unnest(p_days) d));
end $$;

-- Stops a change of a closed month after all its values were found good, unless an officer has let it in.
create function app.check_open(d app.changes, p_was jsonb, p_becomes jsonb) returns void
language plpgsql stable set search_path = '' as $$
begin
	if app.is_closed(d.city_id, d.group_id, array_remove(array[p_was ->> 'day', p_becomes ->> 'day'], null))
		and not exists (
			select from app.correction_requests q
			where q.city_id = d.city_id and q.change_id = d.change_id and q.author_id = d.author_id and q.accepted) then
		raise sqlstate 'TN002' using message = 'period_closed';
	end if;
end $$;

-- A change of a closed month becomes a request; sent again, it hears how that stands.
create function app.request_correction(done app.changes) returns app.changes
language plpgsql volatile set search_path = '' as $$
declare
	declined boolean;
begin
	insert into app.correction_requests (city_id, change_id, group_id, kind, record_id, author_id, device_id, base, fields, at)
	values (done.city_id, done.change_id, done.group_id, done.kind, done.record_id, done.author_id, done.device_id, done.base, done.fields, done.at)
	on conflict (city_id, change_id) do nothing;
	select q.accepted = false into declined from app.correction_requests q where q.city_id = done.city_id and q.change_id = done.change_id;
	done.verdict := 'refused';
	done.code := case when declined then 'correction_declined' else 'period_closed' end;
	done.field := 'day';
	-- The values wait in the request; they are no history of the record yet.
	done.fields := '{}';
	return coalesce(app.keep_change(done), done);
end $$;

-- security definer: nobody holds a write grant on these tables.
create function app.close_period(p_group_id uuid, p_first_day date) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
begin
	perform app.require_session();
	select * into me from app.live_person();
	if p_group_id is null or p_group_id not in (select app.my_group_ids('close_periods')) then
		perform app.invalid('not_your_group', 'group_id');
	elsif p_first_day is null or extract(day from p_first_day) <> 1 then
		perform app.invalid('bad_value', 'first_day');
	elsif p_first_day + interval '1 month' > app.today() then
		-- Its days are not over: what is done on them is still to be written down.
		perform app.invalid('date_in_future', 'first_day');
	end if;
	insert into app.group_logs (city_id, group_id) values (me.city_id, p_group_id) on conflict do nothing;
	perform from app.group_logs l where l.city_id = me.city_id and l.group_id = p_group_id for update;
	insert into app.closed_periods (city_id, group_id, month, closed_by) values (me.city_id, p_group_id, p_first_day, me.person_id)
	on conflict do nothing;
end $$;

create function api.close_period(group_id uuid, first_day date) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	code text;
	field text;
begin
	perform app.close_period(group_id, first_day);
	return jsonb_build_object('problem', null);
exception when sqlstate 'TN001' then
	get stacked diagnostics code = message_text, field = column_name;
	return jsonb_build_object('problem', jsonb_build_object('code', code, 'field', field));
end $$;

-- The months of the last year in my groups, with who closed which, and how many requests wait for them.
create function app.periods() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
begin
	return (
		select coalesce(jsonb_agg(jsonb_build_object(
			'group_id', u.unit_id, 'name', u.name,
			'closed', (
				select coalesce(jsonb_agg(jsonb_build_object('month', c.month, 'closed_by', p.name, 'closed_at', c.closed_at) order by c.month desc), '[]')
				from app.closed_periods c
				join app.people p on p.city_id = c.city_id and p.person_id = c.closed_by
				where c.city_id = city and c.group_id = u.unit_id and c.month > app.today() - 400)
		) order by u.name), '[]')
		from app.units u
		where u.city_id = city and u.unit_id in (select app.my_group_ids('close_periods')));
end $$;

create function api.periods() returns jsonb
language sql stable set search_path = '' as $$
	select app.periods()
$$;

-- What waits for the officer, with what the record says now and the household it is about, as far as
-- the officer may read that one; the eldest first.
create function app.open_corrections() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
begin
	return (
		select coalesce(jsonb_agg(jsonb_build_object(
			'change_id', q.change_id, 'group_id', q.group_id, 'group_name', u.name, 'kind', q.kind, 'record_id', q.record_id,
			'author', p.name, 'household', h.label, 'at', q.at, 'asked_at', q.asked_at, 'reason', q.fields -> 'reason', 'fields', q.fields - 'reason',
			'now', case when q.base is null then '{}' else (
				select coalesce(jsonb_object_agg(k.key, app.record(q.kind, city, q.record_id) -> k.key), '{}')
				from jsonb_object_keys((q.fields - 'reason') || '{"day": null}'::jsonb) k(key)) end
		) order by q.asked_at), '[]')
		from (
			select * from app.correction_requests r
			where r.city_id = city and r.decided_at is null and r.group_id in (select app.my_group_ids('decide_corrections'))
			order by r.asked_at limit 200
		) q
		join app.units u on u.city_id = city and u.unit_id = q.group_id
		join app.people p on p.city_id = city and p.person_id = q.author_id
		-- A correction names no household: then its record does.
		left join app.households h on h.city_id = city and h.group_id in (select app.my_group_ids('read_records'))
			and h.id = case when q.kind = 'household' then q.record_id
				else app.uuid_or_null(coalesce(q.fields ->> 'household_id', app.record(q.kind, city, q.record_id) ->> 'household_id')) end);
end $$;

create function api.open_corrections() returns jsonb
language sql stable set search_path = '' as $$
	select app.open_corrections()
$$;

-- The officer's word. Accepted, the change is judged like any other, under its author's name and the
-- lock of the group; what has become of the record meanwhile may still refuse it.
create function app.decide_correction(p_change_id uuid, p_accept boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
	q app.correction_requests;
	log app.group_logs;
	done app.changes;
begin
	perform app.require_session();
	select * into me from app.live_person();
	select * into q from app.correction_requests r
	where r.city_id = me.city_id and r.change_id = p_change_id and r.group_id in (select app.my_group_ids('decide_corrections'));
	if q.change_id is null or p_accept is null then
		return jsonb_build_object('problem', jsonb_build_object('code', 'unknown_request', 'field', 'change_id'));
	end if;
	select * into log from app.group_logs l where l.city_id = me.city_id and l.group_id = q.group_id for update;
	update app.correction_requests r set decided_by = me.person_id, decided_at = now(), accepted = p_accept
	where r.city_id = me.city_id and r.change_id = p_change_id and r.decided_at is null;
	if not found then
		return jsonb_build_object('problem', jsonb_build_object('code', 'unknown_request', 'field', 'change_id'));
	elsif p_accept then
		done := app.stored_change(me.city_id, p_change_id::text);
		done.kind := q.kind;
		done.fields := q.fields;
		done.field := null;
		done.code := null;
		done.received_at := now();
		done := app.judge_change(done, q.fields - 'reason', log.last_seq + 1);
		if done.seq is null then
			return jsonb_build_object('problem', jsonb_build_object('code', coalesce(done.code, done.verdict), 'field', done.field));
		end if;
		update app.group_logs l set last_seq = done.seq, last_change_id = done.change_id
		where l.city_id = me.city_id and l.group_id = q.group_id;
	end if;
	return jsonb_build_object('problem', null);
end $$;

create function api.decide_correction(change_id uuid, accept boolean) returns jsonb
language sql volatile set search_path = '' as $$
	select app.decide_correction(change_id, accept)
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.close_period(uuid, date), app.periods(), app.open_corrections(), app.decide_correction(uuid, boolean),
	api.close_period(uuid, date), api.periods(), api.open_corrections(), api.decide_correction(uuid, boolean)
	to authenticated;
