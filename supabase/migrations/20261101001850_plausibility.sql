-- Plausibility: what a leader is asked about the records of a group. Questions and never accusations: each of
-- these patterns has good reasons, and whoever was there knows them (docs/decisions/023-questions.md).
-- A question is worked out when somebody asks for it; only answers are kept.

insert into app.verbs (verb) values ('read_questions'), ('answer_questions');
insert into app.role_verbs (role, verb) values
	('deputy', 'read_questions'), ('leader', 'read_questions'), ('ward_officer', 'read_questions'), ('area_coordinator', 'read_questions'),
	('deputy', 'answer_questions'), ('leader', 'answer_questions');

-- The thresholds, all of them. Each lies where ordinary work does not come, so that a quiet list is the rule.
create function app.plausible_limits() returns table (
	-- The running week and four whole ones: whoever was there still remembers.
	days_back integer,
	-- One tap logs a help, but finding the next household takes ten seconds: five in a minute come from a list.
	in_a_minute integer,
	-- Teams go out until nine, and write down the last door on the way home.
	night_from time, night_to time,
	-- One late entry, or two, is somebody who had forgotten it.
	at_night integer,
	-- A clock that is out by an hour makes an evening a night: its nights are not asked about.
	clock_out_s integer,
	-- Two or three share a phone in a family, or while one is being mended.
	people_on_phone integer,
	-- Of the eight whole weeks before, so many must have records: less is no history to compare with.
	weeks_before integer, weeks_active integer,
	-- A jump is three times the usual, and twenty visits more: a small team doubles by going out twice.
	jump_times numeric, jump_more integer,
	-- A drop is a quarter of the usual, and the usual eight visits a week at least.
	drop_share numeric, drop_from numeric
)
language sql immutable set search_path = '' as $$
	select 35, 5, time '22:00', time '05:00', 3, 3600, 4, 8, 4, 3.0, 20, 0.25, 8.0
$$;

-- What can be answered to which kind of question, in the order in which it is offered.
create table app.question_choices (
	kind text not null,
	choice text not null,
	position smallint not null,
	constraint question_choices_pkey primary key (kind, choice),
	constraint question_choices_kind_known check (kind in (
		'over_households', 'over_adults', 'same_minute', 'copies', 'shared_phone', 'night', 'jump', 'drop'))
);
insert into app.question_choices (kind, choice, position) values
	('over_households', 'figure_old', 1), ('over_households', 'from_outside', 2), ('over_households', 'mistake', 3), ('over_households', 'other', 4),
	('over_adults', 'figure_old', 1), ('over_adults', 'from_outside', 2), ('over_adults', 'mistake', 3), ('over_adults', 'other', 4),
	('same_minute', 'caught_up', 1), ('same_minute', 'together', 2), ('same_minute', 'mistake', 3), ('same_minute', 'other', 4),
	('copies', 'went_twice', 1), ('copies', 'different_people', 2), ('copies', 'mistake', 3), ('copies', 'other', 4),
	('shared_phone', 'shared', 1), ('shared_phone', 'wrote_for_others', 2), ('shared_phone', 'mistake', 3), ('shared_phone', 'other', 4),
	('night', 'caught_up', 1), ('night', 'worked_late', 2), ('night', 'clock', 3), ('night', 'other', 4),
	('jump', 'campaign', 1), ('jump', 'caught_up', 2), ('jump', 'mistake', 3), ('jump', 'other', 4),
	('drop', 'holiday', 1), ('drop', 'away', 2), ('drop', 'not_sent', 3), ('drop', 'other', 4);

-- What was answered, never changed: another answer is another row, and the last one stands. `facts` holds
-- numbers, days and sources, and no name.
create table app.question_answers (
	city_id text not null,
	answer_id uuid not null default gen_random_uuid(),
	group_id uuid not null,
	kind text not null,
	question_id text not null,
	fingerprint text not null,
	on_day date not null,
	facts jsonb not null,
	choice text not null,
	note text not null default '',
	answered_by uuid not null,
	answered_at timestamptz not null default now(),
	constraint question_answers_pkey primary key (city_id, answer_id),
	constraint question_answers_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint question_answers_person foreign key (city_id, answered_by) references app.people (city_id, person_id),
	constraint question_answers_choice foreign key (kind, choice) references app.question_choices (kind, choice),
	constraint question_answers_note_missing check (choice <> 'other' or btrim(note) <> ''),
	constraint question_answers_note_too_long check (char_length(note) <= 300),
	constraint question_answers_note_private check (note = '' or app.private_in(note) is null and not app.holds_phone_number(note))
);
create index question_answers_by_group on app.question_answers (city_id, group_id, answered_at);
comment on column app.question_answers.question_id is 'Which question, however its facts change: a hash, because a coordinator reads it and may read no record.';
comment on column app.question_answers.fingerprint is 'The facts as they were: while they stay so, it is not asked again.';

alter table app.question_choices enable row level security;
alter table app.question_answers enable row level security;
-- Read by nobody at the tables: api.questions says who hears what of them.

-- What was written lately, for these questions, and the phones of people, for who looks after them.
create index visits_by_recorded_at on app.visits (city_id, group_id, recorded_at);
create index devices_by_person on app.devices (city_id, person_id);

-- What there is to ask in these groups. `person_id` and `record_ids` are for those who read records.
create function app.found_questions(p_city_id text, p_group_ids uuid[])
returns table (group_id uuid, kind text, question_id text, fingerprint text, on_day date, facts jsonb, person_id uuid, record_ids uuid[])
language plpgsql stable set search_path = '' as $$
declare
	l record;
	today constant date := app.today();
	this_week constant date := date_trunc('week', app.today()::timestamp)::date;
begin
	select * into l from app.plausible_limits();
	return query
	with lately as materialized (
		select v.group_id, v.id, v.author_id, v.recorded_at, v.household_id, v.day,
			v.outcome = any (app.reaching_outcomes()) as reaching
		from app.visits v
		where v.city_id = p_city_id and v.group_id = any (p_group_ids) and not v.discarded
			and v.recorded_at >= now() - l.days_back * interval '1 day'
	), beside as (
		select v.*, count(*) over (partition by v.group_id, v.author_id, date_trunc('minute', v.recorded_at)) as n
		from lately v where v.reaching
	), nightly as (
		select v.*, (v.recorded_at at time zone 'UTC' + interval '7 hours')::time as clock from lately v where v.reaching
	), same_door as (
		select v.household_id, v.day from lately v
		where v.reaching and v.household_id is not null group by 1, 2 having count(*) > 1
	), twins as (
		select v.group_id, v.household_id, v.day, array_agg(v.id order by v.id) as ids, count(distinct v.author_id) as people
		from same_door s
		join lately a on a.household_id = s.household_id and a.day = s.day and a.reaching
		join app.visits v on v.city_id = p_city_id and v.id = a.id
		group by v.group_id, v.household_id, v.day, v.outcome, v.place, v.topics, v.people_helped, v.people_by_group, v.barriers, v.note
		having count(*) > 1
	), shared as materialized (
		select d.device_id, array_agg(d.person_id) as people
		from app.devices d
		where d.city_id = p_city_id and d.person_id = any (array(select distinct v.author_id from lately v))
			and d.last_contact >= now() - l.days_back * interval '1 day'
		group by d.device_id having count(*) >= l.people_on_phone
	), on_phone as (
		select v.group_id, s.device_id, v.id, v.author_id, v.recorded_at
		from shared s
		join lately v on v.author_id = any (s.people)
		-- The first change of a record, by the phone that it was written on.
		join lateral (
			select from app.changes c
			where c.city_id = p_city_id and c.record_id = v.id and c.seq is not null and c.base is null and c.device_id = s.device_id
			limit 1
		) c on true
	), weekly as (
		select d.group_id, date_trunc('week', d.day::timestamp)::date as monday, sum(d.visits) as visits
		from app.group_days d
		where d.city_id = p_city_id and d.group_id = any (p_group_ids) and d.day >= this_week - 84 and d.day < this_week
		group by 1, 2
	), series as (
		select g.id as group_id, w.monday, coalesce(k.visits, 0) as visits
		from unnest(p_group_ids) g(id)
		cross join (select this_week - 7 * n as monday from generate_series(1, 12) n) w
		left join weekly k on k.group_id = g.id and k.monday = w.monday
	), compared as (
		select s.*, avg(s.visits) over eight as usual, count(*) filter (where s.visits > 0) over eight as active,
			count(*) over eight as weeks, lag(s.visits) over (partition by s.group_id order by s.monday) as week_before
		from series s
		window eight as (partition by s.group_id order by s.monday rows between 8 preceding and 1 preceding)
	), changed as (
		select c.*, case
			when c.visits >= l.jump_times * c.usual and c.visits >= c.usual + l.jump_more then 'jump'
			-- Asked once, when it begins, and not in every week that it lasts.
			when c.usual >= l.drop_from and c.visits <= l.drop_share * c.usual and c.week_before > l.drop_share * c.usual then 'drop'
		end as kind
		from compared c where c.weeks = l.weeks_before and c.active >= l.weeks_active
	), below as materialized (
		select g.id as group_id, d.measure, d.value, d.source, d.as_of
		from unnest(p_group_ids) g(id)
		cross join (values ('households'), ('adults')) m(measure)
		cross join lateral (
			select * from app.denominators x
			where x.city_id = p_city_id and x.unit_id = g.id and x.measure = m.measure and x.as_of <= today
			order by x.as_of desc limit 1
		) d
	), told as (
		select b.group_id, 'same_minute' as kind, b.author_id::text || app.day_of(b.recorded_at) as key,
			string_agg(b.id::text, ',' order by b.id) as facts_in_short, app.day_of(b.recorded_at) as on_day,
			jsonb_build_object('visits', count(*), 'most', max(b.n), 'minute', (array_agg(date_trunc('minute', b.recorded_at) order by b.n desc, b.recorded_at))[1]) as facts,
			b.author_id as person_id, array_agg(b.id order by b.recorded_at, b.id) as record_ids
		from beside b where b.n >= l.in_a_minute
		group by b.group_id, b.author_id, app.day_of(b.recorded_at)
		union all
		-- A night belongs to the day on which it begins.
		select n.group_id, 'night', n.author_id::text || app.day_of(n.recorded_at - interval '5 hours'),
			string_agg(n.id::text, ',' order by n.id), app.day_of(n.recorded_at - interval '5 hours'),
			jsonb_build_object('visits', count(*), 'from', min(n.recorded_at), 'to', max(n.recorded_at)),
			n.author_id, array_agg(n.id order by n.recorded_at, n.id)
		from nightly n
		where (n.clock >= l.night_from or n.clock < l.night_to) and n.author_id <> all (array(
			select d.person_id from app.devices d
			where d.city_id = p_city_id and d.person_id = any (array(select distinct v.author_id from lately v))
				and abs(d.clock_ahead_s) >= l.clock_out_s))
		group by n.group_id, n.author_id, app.day_of(n.recorded_at - interval '5 hours') having count(*) >= l.at_night
		union all
		select t.group_id, 'copies', t.household_id::text || t.day, array_to_string(t.ids, ','), t.day,
			jsonb_build_object('visits', cardinality(t.ids), 'people', t.people), null, t.ids
		from twins t
		union all
		select p.group_id, 'shared_phone', p.device_id::text, string_agg(distinct p.author_id::text, ','),
			app.day_of(max(p.recorded_at)), jsonb_build_object('people', count(distinct p.author_id), 'visits', count(*)),
			null, array_agg(p.id order by p.recorded_at desc, p.id)
		from on_phone p group by p.group_id, p.device_id having count(distinct p.author_id) >= l.people_on_phone
		union all
		select c.group_id, c.kind, c.monday::text, c.visits || ' of ' || round(c.usual, 1), c.monday,
			jsonb_build_object('visits', c.visits, 'usual', round(c.usual), 'monday', c.monday), null,
			array(select v.id from lately v where v.group_id = c.group_id and v.day between c.monday and c.monday + 6 order by v.day, v.id)
		from changed c where c.kind is not null and c.monday >= this_week - 28
		union all
		-- Every further tenth over the figure asks anew, and so does another figure.
		select b.group_id, 'over_households', '', b.value || ' ' || b.as_of || ' ' || 10 * r.reached / b.value, today,
			jsonb_build_object('reached', r.reached, 'households', b.value, 'source', b.source, 'as_of', b.as_of), null, null
		from below b
		cross join lateral (
			select sum(d.households_reached) as reached from app.group_days d
			where d.city_id = p_city_id and d.group_id = b.group_id and d.day <= today
		) r
		where b.measure = 'households' and r.reached > b.value
		union all
		select b.group_id, 'over_adults', s.service, b.value || ' ' || b.as_of || ' ' || 10 * s.people / b.value, today,
			jsonb_build_object('service', s.service, 'people', s.people, 'adults', b.value, 'source', b.source, 'as_of', b.as_of), null, null
		from below b
		cross join lateral (
			select d.service, sum(d.people) as people from app.group_day_services d
			where d.city_id = p_city_id and d.group_id = b.group_id and d.day between today - 365 and today and d.result in ('created', 'activated')
			group by d.service
		) s
		where b.measure = 'adults' and s.people > b.value
	)
	select t.group_id, t.kind, md5(t.kind || t.group_id || t.key), md5(t.facts_in_short), t.on_day, t.facts, t.person_id, t.record_ids
	from told t;
end $$;

-- The questions of the groups in reach below a unit (null: all), and what was answered lately: the newest
-- first, at most 200. Names and households are told to those who read the records.
-- security definer: who reads questions may read neither records nor phones.
create function app.questions(p_unit_id uuid) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	today constant date := app.today();
	mine uuid[];
	theirs uuid[];
	asked jsonb;
	open_ones bigint;
begin
	if not app.i_may('read_questions') then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'read_questions';
	elsif p_unit_id is not null and not exists (select from app.units u where u.city_id = city and u.unit_id = p_unit_id) then
		raise sqlstate 'PT404' using message = 'no such unit', detail = 'unit_id';
	end if;
	mine := array(
		select m from app.my_group_ids('read_questions') m
		where p_unit_id is null or m in (select app.units_below(city, array[p_unit_id], today)));
	theirs := array(select app.my_group_ids('read_records'));
	select count(*), jsonb_agg(q.told order by q.on_day desc, q.question_id) filter (where q.n <= 200) into open_ones, asked
	from (
		select f.on_day, f.question_id, row_number() over (order by f.on_day desc, f.question_id) as n, jsonb_build_object(
			'question_id', f.question_id, 'fingerprint', f.fingerprint, 'group_id', f.group_id, 'kind', f.kind, 'on_day', f.on_day, 'facts', f.facts,
			'records', cardinality(f.record_ids), 'person', case when f.group_id = any (theirs) then p.name end,
			'choices', c.choices) as told
		from app.found_questions(city, mine) f
		join (select x.kind, jsonb_agg(x.choice order by x.position) as choices from app.question_choices x group by x.kind) c on c.kind = f.kind
		left join app.people p on p.city_id = city and p.person_id = f.person_id
		where not exists (
			select from app.question_answers a
			where a.city_id = city and a.group_id = f.group_id and a.question_id = f.question_id and a.fingerprint = f.fingerprint)
	) q;
	return jsonb_build_object(
		'as_of', now(),
		'unit', (select jsonb_build_object('id', u.unit_id, 'name', u.name) from app.units u where u.city_id = city and u.unit_id = p_unit_id),
		'groups', (
			select coalesce(jsonb_agg(jsonb_build_object('group_id', g.unit_id, 'name', g.name, 'ward_name', w.name,
				'reads_records', g.unit_id = any (theirs)) order by w.name, g.name), '[]')
			from app.units g
			-- By their own parents: the places of all groups of a city take longer than all the rest.
			join app.unit_parents at on at.city_id = city and at.unit_id = g.unit_id and at.from_day <= today and at.to_day > today
			join app.units w on w.city_id = city and w.unit_id = at.parent_id
			where g.city_id = city and g.unit_id = any (mine)),
		'open', open_ones,
		'questions', coalesce(asked, '[]'),
		'answers', (
			select coalesce(jsonb_agg(to_jsonb(a) - 'n' order by a.answered_at desc), '[]')
			from (
				select x.answer_id, x.group_id, x.kind, x.question_id, x.on_day, x.facts, x.choice, x.note, x.answered_at, p.name as answered_by
				from app.question_answers x
				join app.people p on p.city_id = city and p.person_id = x.answered_by
				where x.city_id = city and x.group_id = any (mine)
				order by x.answered_at desc limit 100
			) a));
end $$;

create function api.questions(unit_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select app.questions(unit_id)
$$;

-- The records behind a question, at most 100, for those who read them; none when it is not asked any more.
create function app.question_records(p_group_id uuid, p_question_id text) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	f record;
begin
	if p_group_id is null or p_group_id not in (select app.my_group_ids('read_questions'))
		or p_group_id not in (select app.my_group_ids('read_records')) then
		return jsonb_build_object('total', 0, 'records', '[]'::jsonb);
	end if;
	select * into f from app.found_questions(city, array[p_group_id]) q where q.question_id = p_question_id;
	return (
		select jsonb_build_object('total', count(*), 'records', coalesce(jsonb_agg(jsonb_build_object(
			'kind', r.kind, 'id', r.id, 'household_id', r.household_id, 'household', h.label, 'day', r.day, 'recorded_at', r.recorded_at,
			'author', p.name, 'people', r.people) order by r.n) filter (where r.n <= 100), '[]'))
		from (
			select 'visit' as kind, v.id, v.household_id, v.day, v.recorded_at, v.author_id, v.people_helped as people, i.n
			from unnest(f.record_ids) with ordinality i(id, n)
			join app.visits v on v.city_id = city and v.id = i.id
			union all
			-- Those that came last: the figure was reached before them.
			select 'household', g.household_id, g.household_id, g.first_reached_on, null, null, null,
				row_number() over (order by g.first_reached_on desc, g.household_id)
			from app.household_progress g
			where f.kind = 'over_households' and g.city_id = city and g.first_reached_on is not null
				and g.household_id in (select x.id from app.households x where x.city_id = city and x.group_id = p_group_id)
			union all
			select 'signup', s.id, s.household_id, s.day, s.recorded_at, s.author_id, s.people,
				row_number() over (order by s.day desc, s.seq desc)
			from app.signups s
			where f.kind = 'over_adults' and s.city_id = city and s.group_id = p_group_id and not s.discarded
				and s.day > app.today() - 366 and s.service = f.facts ->> 'service' and s.result in ('created', 'activated')
		) r
		left join app.households h on h.city_id = city and h.id = r.household_id
		left join app.people p on p.city_id = city and p.person_id = r.author_id);
end $$;

create function api.question_records(group_id uuid, question_id text) returns jsonb
language sql stable set search_path = '' as $$
	select app.question_records(group_id, question_id)
$$;

-- The leader's word. What was asked must still be so: an answer to other facts would be put into the
-- leader's mouth. security definer: nobody holds a write grant on answers.
create function app.answer_question(p_group_id uuid, p_question_id text, p_fingerprint text, p_choice text, p_note text) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
	f record;
	said constant text := btrim(coalesce(p_note, ''));
begin
	perform app.require_session();
	select * into me from app.live_person();
	if p_group_id is null or p_group_id not in (select app.my_group_ids('answer_questions')) then
		perform app.invalid('not_your_group', 'group_id');
	end if;
	select * into f from app.found_questions(me.city_id, array[p_group_id]) q where q.question_id = p_question_id;
	if f.question_id is null or f.fingerprint is distinct from p_fingerprint then
		perform app.invalid('unknown_question', 'question_id');
	elsif not exists (select from app.question_choices c where c.kind = f.kind and c.choice = p_choice) then
		perform app.invalid('bad_value', 'choice');
	elsif p_choice = 'other' and said = '' then
		perform app.invalid('missing', 'note');
	elsif char_length(said) > 300 then
		perform app.invalid('too_long', 'note');
	elsif app.private_in(said) is not null then
		perform app.invalid(app.private_in(said), 'note');
	elsif app.holds_phone_number(said) then
		perform app.invalid('phone_number', 'note');
	end if;
	insert into app.question_answers (city_id, group_id, kind, question_id, fingerprint, on_day, facts, choice, note, answered_by)
	values (me.city_id, p_group_id, f.kind, f.question_id, f.fingerprint, f.on_day, f.facts, p_choice, said, me.person_id);
end $$;

create function api.answer_question(group_id uuid, question_id text, fingerprint text, choice text, note text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	code text;
	field text;
begin
	perform app.answer_question(group_id, question_id, fingerprint, choice, note);
	return jsonb_build_object('problem', null);
exception when sqlstate 'TN001' then
	get stacked diagnostics code = message_text, field = column_name;
	return jsonb_build_object('problem', jsonb_build_object('code', code, 'field', field));
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.questions(uuid), app.question_records(uuid, text), app.answer_question(uuid, text, text, text, text),
	api.questions(uuid), api.question_records(uuid, text), api.answer_question(uuid, text, text, text, text)
	to authenticated;
