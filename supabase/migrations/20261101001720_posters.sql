-- How requests for help come in from outside of a team: by the code on a poster, from anybody, and by an
-- officer whom somebody called. Both become records of the group, under the lock of its log, so that
-- phones pull them like everything else.

insert into app.verbs (verb) values ('receive_requests');
insert into app.role_verbs (role, verb) values
	('deputy', 'receive_requests'), ('leader', 'receive_requests'), ('ward_officer', 'receive_requests');

create table app.posters (
	city_id text not null,
	poster_id uuid not null default gen_random_uuid(),
	group_id uuid not null,
	token text not null,
	made_by uuid not null,
	made_at timestamptz not null default now(),
	ended_at timestamptz,
	constraint posters_pkey primary key (city_id, poster_id),
	constraint posters_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint posters_person foreign key (city_id, made_by) references app.people (city_id, person_id),
	constraint posters_token_unique unique (token),
	constraint posters_token_shape check (token ~ '^[0-9a-f]{12}$')
);
create unique index posters_one_live on app.posters (city_id, group_id) where ended_at is null;
comment on column app.posters.token is 'What hangs on the wall instead of the group''s id: 48 random bits, short enough to be typed, and replaced when it is misused.';

alter table app.posters enable row level security;
-- No grants and no policies: only the functions below touch it.

insert into app.limits (kind, free, within, first_wait, longest_wait) values
	-- Many phones share the address of a community house, or of a mobile network.
	('ask', 20, '1 hour', '1 minute', '30 minutes'),
	('ask_group', 40, '1 day', '5 minutes', '1 hour');

-- What hangs in a community house, made at the first time of asking; `renew` ends the one before.
-- security definer: nobody holds a grant on posters.
create function app.poster(p_group_id uuid, p_renew boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
	found app.posters;
begin
	perform app.require_session();
	select * into me from app.live_person();
	if p_group_id is null or p_group_id not in (select app.my_group_ids('receive_requests')) then
		perform app.invalid('not_your_group', 'group_id');
	end if;
	-- Two who ask at once take turns.
	insert into app.group_logs (city_id, group_id) values (me.city_id, p_group_id) on conflict do nothing;
	perform from app.group_logs l where l.city_id = me.city_id and l.group_id = p_group_id for update;
	if p_renew then
		update app.posters p set ended_at = now() where p.city_id = me.city_id and p.group_id = p_group_id and p.ended_at is null;
	end if;
	select * into found from app.posters p where p.city_id = me.city_id and p.group_id = p_group_id and p.ended_at is null;
	if found.token is null then
		insert into app.posters (city_id, group_id, token, made_by)
		-- The first twelve digits of such an id are random throughout.
		values (me.city_id, p_group_id, left(replace(gen_random_uuid()::text, '-', ''), 12), me.person_id)
		returning * into found;
		perform app.note_act(me.city_id, me.person_id, 'make_poster', 'poster', found.poster_id, p_group_id, '{}');
	end if;
	return jsonb_build_object('token', found.token, 'made_at', found.made_at) || app.place_of_group(me.city_id, p_group_id);
end $$;

create function app.place_of_group(p_city_id text, p_group_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('group_name', g.name, 'ward_name', w.name, 'city_name', c.name, 'team_name', c.team_name)
	from app.units g
	join app.cities c on c.city_id = g.city_id
	left join app.group_places(p_city_id, app.today()) p on p.group_id = g.unit_id
	left join app.units w on w.city_id = g.city_id and w.unit_id = p.ward_id
	where g.city_id = p_city_id and g.unit_id = p_group_id
$$;

create function api.poster(group_id uuid, renew boolean) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	code text;
	field text;
begin
	return app.poster(group_id, renew);
exception when sqlstate 'TN001' then
	get stacked diagnostics code = message_text, field = column_name;
	return jsonb_build_object('problem', jsonb_build_object('code', code, 'field', field));
end $$;

-- What is wrong with a request as somebody wrote it, the first trouble of each field. Asked before
-- anything is written: of a number that must not be kept, nothing stays.
create function app.request_problems(e jsonb) returns table (code text, field text)
language sql stable set search_path = '' as $$
	select distinct on (found.field) found.code, found.field
	from (values
		(1, coalesce(btrim(e ->> 'label'), '') = '', 'missing', 'label'),
		(2, char_length(normalize(e ->> 'label', NFC)) > 80, 'too_long', 'label'),
		(3, app.private_in(e ->> 'label') is not null, app.private_in(e ->> 'label'), 'label'),
		(4, app.holds_phone_number(e ->> 'label'), 'phone_number', 'label'),
		(5, app.turns_around(e ->> 'label'), 'bad_value', 'label'),
		(4, coalesce(e ->> 'topic', '') <> '' and not app.is_code(e ->> 'topic'), 'bad_value', 'topic'),
		(5, coalesce(e ->> 'wish_time', '') not in ('', 'morning', 'afternoon', 'evening'), 'bad_value', 'wish_time'),
		(6, app.value_problem('codes', coalesce(e -> 'wish_weekdays', '[]')) is not null
			or not coalesce(e -> 'wish_weekdays', '[]') <@ '["mon", "tue", "wed", "thu", "fri", "sat", "sun"]', 'bad_value', 'wish_weekdays'),
		(7, not coalesce(app.is_code(e ->> 'consent'), false), 'missing', 'consent')
	) as found (n, wrong, code, field)
	where found.wrong
	order by found.field, found.n
$$;

-- Makes a request a record of its group. Its id is that of its change, too: sent twice, it is there once.
create function app.receive_request(p_city_id text, p_group_id uuid, p_author_id uuid, p_request_id uuid, p_source text, e jsonb)
returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	verdict jsonb;
begin
	verdict := app.push_group(p_city_id, p_author_id, null, p_group_id, true, jsonb_build_array(jsonb_build_object(
		'change_id', p_request_id, 'record_id', p_request_id, 'group_id', p_group_id, 'kind', 'request', 'base', null,
		'at', to_char(now() at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
		'fields', jsonb_build_object(
			'label', btrim(normalize(e ->> 'label', NFC)), 'topic', coalesce(e ->> 'topic', ''), 'wish_time', coalesce(e ->> 'wish_time', ''),
			'wish_weekdays', coalesce(e -> 'wish_weekdays', '[]'), 'asked_on', app.today(), 'source', p_source, 'consent', e ->> 'consent')
	))) -> 0;
	if verdict ->> 'verdict' in ('applied', 'duplicate') then
		return jsonb_build_object('problems', '[]'::jsonb, 'request_id', p_request_id);
	end if;
	return jsonb_build_object('request_id', null, 'problems', jsonb_build_array(jsonb_build_object(
		'code', coalesce(verdict ->> 'code', 'bad_value'), 'field', coalesce(verdict ->> 'field', 'label'))));
end $$;

-- The live poster of a token, or no row.
create function app.poster_of(p_token text) returns setof app.posters
language sql stable set search_path = '' as $$
	select p.* from app.posters p where p.token = lower(btrim(p_token)) and p.ended_at is null
$$;

-- What the page behind a poster shows: the names of the place, and the topics that are offered today.
create function app.ask_page(p_token text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
begin
	return (
		select app.place_of_group(p.city_id, p.group_id) || jsonb_build_object('topics', (
			select coalesce(jsonb_agg(jsonb_build_object('code', c.code, 'vi', c.vi, 'en', c.en) order by c.position), '[]')
			from app.catalogue c
			where c.city_id = p.city_id and c.list = 'topic' and c.parent is null and c.from_day <= app.today() and c.to_day > app.today()))
		from app.poster_of(p_token) p);
end $$;

-- Somebody asks for help by a poster: { problems }, { wait } in seconds, or { request_id }. An attempt that
-- has to be mended does not count; one that arrives twice is taken once.
create function app.ask(p_token text, p_address text, p_request_id uuid, e jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	poster app.posters;
	problems jsonb;
	seconds integer;
begin
	select * into poster from app.poster_of(p_token);
	if poster.token is null then
		return jsonb_build_object('request_id', null, 'problems', jsonb_build_array(jsonb_build_object('code', 'unknown_poster', 'field', 'token')));
	end if;
	select jsonb_agg(to_jsonb(p) order by p.field) into problems from app.request_problems(e) p;
	if problems is not null then
		return jsonb_build_object('request_id', null, 'problems', problems);
	end if;
	if exists (select from app.requests q where q.city_id = poster.city_id and q.id = p_request_id and q.group_id = poster.group_id) then
		return jsonb_build_object('request_id', p_request_id, 'problems', '[]'::jsonb);
	end if;
	seconds := app.begin_try(array['ask:' || p_address, 'ask_group:' || encode(sha256(poster.group_id::text::bytea), 'hex')]);
	if seconds > 0 then
		return jsonb_build_object('request_id', null, 'wait', seconds, 'problems', '[]'::jsonb);
	end if;
	return app.receive_request(poster.city_id, poster.group_id, '00000000-0000-0000-0000-000000000000', p_request_id, 'poster', e);
end $$;

create function api.server_ask_page(token text) returns jsonb
language sql stable set search_path = '' as $$
	select app.ask_page(server_ask_page.token)
$$;

create function api.server_ask(token text, address text, request_id uuid, request jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	select app.ask(server_ask.token, server_ask.address, server_ask.request_id, server_ask.request)
$$;

-- An officer or a leader writes down what somebody asked on the telephone (1022).
-- security definer: nobody holds a write grant on the tables of records.
create function app.enter_request(p_group_id uuid, p_request_id uuid, e jsonb) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
	problems jsonb;
begin
	perform app.require_session();
	select * into me from app.live_person();
	if p_group_id is null or p_group_id not in (select app.my_group_ids('receive_requests')) then
		problems := jsonb_build_array(jsonb_build_object('code', 'not_your_group', 'field', 'group_id'));
	else
		select jsonb_agg(to_jsonb(p) order by p.field) into problems from app.request_problems(e) p;
	end if;
	if problems is not null or p_request_id is null then
		return jsonb_build_object('request_id', null, 'problems', coalesce(problems, '[{"code": "bad_value", "field": "request_id"}]'));
	end if;
	return app.receive_request(me.city_id, p_group_id, me.person_id, p_request_id, 'hotline', e);
end $$;

create function api.enter_request(group_id uuid, request_id uuid, request jsonb) returns jsonb
language sql volatile set search_path = '' as $$
	select app.enter_request(enter_request.group_id, enter_request.request_id, enter_request.request)
$$;

-- The requests of the groups for which the caller receives them: all that are open, and those that ended in
-- the last 30 days; the eldest first, at most 500. security definer: the names of others are read by nobody.
create function app.requests_received() returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
begin
	return jsonb_build_object(
		'groups', (
			select coalesce(jsonb_agg(jsonb_build_object('group_id', g.unit_id, 'name', g.name, 'ward_name', w.name) order by w.name, g.name), '[]')
			from app.units g
			join app.group_places(city, app.today()) p on p.group_id = g.unit_id
			join app.units w on w.city_id = g.city_id and w.unit_id = p.ward_id
			where g.city_id = city and g.unit_id in (select app.my_group_ids('receive_requests'))),
		'requests', (
			select coalesce(jsonb_agg(jsonb_build_object(
				'id', q.id, 'group_id', q.group_id, 'label', q.label, 'topic', q.topic, 'wish_time', q.wish_time, 'wish_weekdays', q.wish_weekdays,
				'asked_on', q.asked_on, 'source', q.source, 'taken_by', t.name, 'ended_as', q.ended_as, 'ended_on', q.ended_on
			) order by q.asked_on, q.seq), '[]')
			from (
				select * from app.requests r
				where r.city_id = city and not r.discarded and r.group_id in (select app.my_group_ids('receive_requests'))
					and (r.ended_as = '' or r.ended_on > app.today() - 30)
				order by r.ended_as <> '', r.asked_on, r.seq limit 500
			) q
			left join app.people t on t.city_id = city and t.person_id = q.taken_by));
end $$;

create function api.requests_received() returns jsonb
language sql stable set search_path = '' as $$
	select app.requests_received()
$$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.poster(uuid, boolean), app.enter_request(uuid, uuid, jsonb), app.requests_received(),
	api.poster(uuid, boolean), api.enter_request(uuid, uuid, jsonb), api.requests_received()
	to authenticated;
grant execute on function
	app.ask_page(text), app.ask(text, text, uuid, jsonb),
	api.server_ask_page(text), api.server_ask(text, text, uuid, jsonb)
	to app_server;
