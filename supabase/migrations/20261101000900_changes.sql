-- The log of a group: every change with its verdict, numbered under the lock of the group's row,
-- so that numbers become visible in the order they were given. A cursor on a timestamp or on a
-- plain sequence loses rows under concurrent writers (docs/decisions/003-group-is-the-unit.md).

create table app.group_logs (
	city_id text not null,
	group_id uuid not null,
	last_seq bigint not null default 0,
	last_change_id uuid,
	constraint group_logs_pkey primary key (city_id, group_id),
	constraint group_logs_group foreign key (city_id, group_id) references app.units (city_id, unit_id)
);

create table app.changes (
	city_id text not null,
	change_id uuid not null,
	group_id uuid,
	seq bigint,
	kind text,
	record_id uuid,
	author_id uuid not null,
	device_id uuid,
	base bigint,
	fields jsonb not null default '{}',
	earlier jsonb,
	at timestamptz not null,
	received_at timestamptz not null default now(),
	verdict text not null,
	code text,
	field text,
	overlap text[],
	constraint changes_pkey primary key (city_id, change_id),
	constraint changes_verdict_known check (verdict in ('applied', 'merged', 'discarded', 'refused', 'invalid')),
	constraint changes_number_when_applied check ((seq is not null) = (verdict in ('applied', 'merged')))
);
create unique index changes_by_seq on app.changes (city_id, group_id, seq) where seq is not null;
create index changes_by_record on app.changes (city_id, record_id, seq) where seq is not null;

comment on column app.changes.earlier is 'The values that this change replaced: the record''s history.';
comment on column app.changes.group_id is 'As the phone said; no foreign key, since a refused change may name any group.';

create table app.devices (
	city_id text not null,
	device_id uuid not null,
	person_id uuid not null,
	last_contact timestamptz not null default now(),
	app_version text,
	waiting integer,
	oldest_at timestamptz,
	storage_persisted boolean,
	clock_ahead_s bigint,
	constraint devices_pkey primary key (city_id, device_id, person_id),
	constraint devices_person foreign key (city_id, person_id) references app.people (city_id, person_id)
);

comment on column app.devices.clock_ahead_s is 'Seconds that the phone''s clock was ahead of ours at its last contact; below zero: behind.';

alter table app.group_logs enable row level security;
alter table app.changes enable row level security;
alter table app.devices enable row level security;
create policy "teams and officers read the heads of their logs" on app.group_logs for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
create policy "teams and officers see which change a number was" on app.changes for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
grant select on app.group_logs to authenticated;
grant select (city_id, group_id, seq, change_id, received_at) on app.changes to authenticated;
-- devices: read by nobody yet; the trust panel will bring its policy.

-- The fields a phone may set, by kind, with the type of their value and what a new record starts
-- with. Others are carried in `extra` untouched: they come from a newer app.
create table app.record_fields (
	kind text not null,
	field text not null,
	type text not null,
	initial jsonb,
	-- The verb that setting it needs besides "record".
	verb text,
	-- Whether the day on which it was said is kept.
	dated boolean not null default false,
	-- Whether two people may set it at once and nobody needs a look: the later word stands.
	quiet boolean not null default false,
	constraint record_fields_pkey primary key (kind, field),
	constraint record_fields_kind_known check (kind in ('household', 'visit', 'signup', 'training', 'request', 'goal', 'thank')),
	constraint record_fields_type_known check (type in ('text', 'count', 'flag', 'day', 'id', 'code', 'codes', 'counts', 'ids', 'contact'))
);
alter table app.record_fields enable row level security;

insert into app.record_fields (kind, field, type, initial) values
	('household', 'label', 'text', null),
	('household', 'adults', 'count', null),
	('household', 'smartphone', 'flag', null),
	('household', 'internet', 'flag', null),
	('household', 'digital_address', 'flag', null),
	('household', 'electronic_id', 'flag', null),
	('household', 'online_services', 'flag', null),
	('household', 'digital_payment', 'flag', null),
	('household', 'helps_others', 'flag', null),
	('household', 'priority', 'flag', 'false'),
	('household', 'note', 'text', '""'),
	('household', 'merged_into', 'id', null),
	('household', 'assigned_to', 'id', null),
	('household', 'taken_by', 'id', null),
	('household', 'contact', 'contact', null),
	('visit', 'household_id', 'id', null),
	('visit', 'day', 'day', null),
	('visit', 'place', 'code', '""'),
	('visit', 'topics', 'codes', '[]'),
	('visit', 'outcome', 'code', null),
	('visit', 'people_helped', 'count', '0'),
	('visit', 'people_by_group', 'counts', '{}'),
	('visit', 'barriers', 'codes', '[]'),
	('visit', 'campaign', 'code', '""'),
	('visit', 'follow_up_on', 'day', null),
	('visit', 'note', 'text', '""'),
	('signup', 'household_id', 'id', null),
	('signup', 'visit_id', 'id', null),
	('signup', 'day', 'day', null),
	('signup', 'service', 'code', null),
	('signup', 'result', 'code', null),
	('signup', 'people', 'count', '1'),
	('training', 'day', 'day', null),
	('training', 'topics', 'codes', '[]'),
	('training', 'place', 'code', '""'),
	('training', 'campaign', 'code', '""'),
	('training', 'headcount', 'count', null),
	('training', 'people_by_group', 'counts', '{}'),
	('training', 'household_ids', 'ids', '[]'),
	('training', 'member_ids', 'ids', '[]'),
	('training', 'session_id', 'id', null),
	('training', 'note', 'text', '""'),
	('request', 'label', 'text', null),
	('request', 'topic', 'code', '""'),
	('request', 'wish_time', 'code', '""'),
	('request', 'wish_weekdays', 'codes', '[]'),
	('request', 'asked_on', 'day', null),
	('request', 'source', 'code', null),
	('request', 'consent', 'code', null),
	('request', 'household_id', 'id', null),
	('request', 'taken_by', 'id', null),
	('request', 'visit_id', 'id', null),
	('request', 'ended_as', 'code', '""'),
	('request', 'ended_on', 'day', null),
	('goal', 'from_week', 'day', null),
	('goal', 'households', 'count', null),
	('thank', 'week', 'day', null),
	('thank', 'to_id', 'id', null),
	('thank', 'words', 'text', null);

update app.record_fields set dated = true where kind = 'household' and (type = 'flag' and initial is null or field in ('assigned_to', 'taken_by'));
update app.record_fields set verb = 'arrange_households' where field in ('merged_into', 'assigned_to');
update app.record_fields set verb = 'set_goals' where kind = 'goal';
update app.record_fields set verb = 'thank_members' where kind = 'thank';
-- Everybody who records may set it; but it rests apart, and is judged one by one.
update app.record_fields set verb = 'record' where field = 'contact';
update app.record_fields set quiet = true where field = 'taken_by';

create function app.initial_fields(p_kind text) returns jsonb
language plpgsql stable set search_path = '' as $$
begin
	return (
		select jsonb_object_agg(f.field, f.initial) || '{"discarded": false, "said_on": {}, "overlap": [], "extra": {}}'
		from app.record_fields f where f.kind = p_kind);
end $$;

-- The record as it stands, as one object; null when there is none.
create function app.record(p_kind text, p_city_id text, p_id uuid) returns jsonb
language sql stable set search_path = '' as $$
	select to_jsonb(h) from app.households h where p_kind = 'household' and h.city_id = p_city_id and h.id = p_id
	union all
	select to_jsonb(v) from app.visits v where p_kind = 'visit' and v.city_id = p_city_id and v.id = p_id
	union all
	select to_jsonb(s) from app.signups s where p_kind = 'signup' and s.city_id = p_city_id and s.id = p_id
	union all
	select to_jsonb(t) from app.trainings t where p_kind = 'training' and t.city_id = p_city_id and t.id = p_id
	union all
	select to_jsonb(q) from app.requests q where p_kind = 'request' and q.city_id = p_city_id and q.id = p_id
	union all
	select to_jsonb(g) from app.goals g where p_kind = 'goal' and g.city_id = p_city_id and g.id = p_id
	union all
	select to_jsonb(k) from app.thanks k where p_kind = 'thank' and k.city_id = p_city_id and k.id = p_id
$$;

-- Write a record; null when its id is taken by a record of another group, which stays as it is.
create function app.write_household(r app.households) returns boolean
language sql volatile set search_path = '' as $$
	insert into app.households select r.*
	on conflict (city_id, id) do update set
		seq = excluded.seq, discarded = excluded.discarded, label = excluded.label, adults = excluded.adults,
		smartphone = excluded.smartphone, internet = excluded.internet, digital_address = excluded.digital_address,
		electronic_id = excluded.electronic_id, online_services = excluded.online_services,
		digital_payment = excluded.digital_payment, helps_others = excluded.helps_others,
		merged_into = excluded.merged_into, assigned_to = excluded.assigned_to, taken_by = excluded.taken_by, said_on = excluded.said_on,
		priority = excluded.priority, note = excluded.note, overlap = excluded.overlap, extra = excluded.extra
	where households.group_id = excluded.group_id
	returning true
$$;

create function app.write_visit(r app.visits) returns boolean
language sql volatile set search_path = '' as $$
	insert into app.visits select r.*
	on conflict (city_id, id) do update set
		seq = excluded.seq, discarded = excluded.discarded, household_id = excluded.household_id, day = excluded.day,
		place = excluded.place, topics = excluded.topics, outcome = excluded.outcome,
		people_helped = excluded.people_helped, people_by_group = excluded.people_by_group,
		barriers = excluded.barriers, campaign = excluded.campaign, follow_up_on = excluded.follow_up_on, note = excluded.note, overlap = excluded.overlap, extra = excluded.extra
	where visits.group_id = excluded.group_id
	returning true
$$;

create function app.write_signup(r app.signups) returns boolean
language sql volatile set search_path = '' as $$
	insert into app.signups select r.*
	on conflict (city_id, id) do update set
		seq = excluded.seq, discarded = excluded.discarded, household_id = excluded.household_id,
		visit_id = excluded.visit_id, day = excluded.day, service = excluded.service, result = excluded.result,
		people = excluded.people, overlap = excluded.overlap, extra = excluded.extra
	where signups.group_id = excluded.group_id
	returning true
$$;

create function app.write_training(r app.trainings) returns boolean
language sql volatile set search_path = '' as $$
	insert into app.trainings select r.*
	on conflict (city_id, id) do update set
		seq = excluded.seq, discarded = excluded.discarded, day = excluded.day, topics = excluded.topics,
		place = excluded.place, campaign = excluded.campaign, headcount = excluded.headcount, people_by_group = excluded.people_by_group,
		household_ids = excluded.household_ids, member_ids = excluded.member_ids, session_id = excluded.session_id, note = excluded.note, overlap = excluded.overlap, extra = excluded.extra
	where trainings.group_id = excluded.group_id
	returning true
$$;

create function app.write_request(r app.requests) returns boolean
language sql volatile set search_path = '' as $$
	insert into app.requests select r.*
	on conflict (city_id, id) do update set
		seq = excluded.seq, discarded = excluded.discarded, label = excluded.label, topic = excluded.topic,
		wish_time = excluded.wish_time, wish_weekdays = excluded.wish_weekdays, asked_on = excluded.asked_on,
		source = excluded.source, consent = excluded.consent, household_id = excluded.household_id,
		taken_by = excluded.taken_by, taken_on = excluded.taken_on, visit_id = excluded.visit_id, ended_as = excluded.ended_as,
		ended_on = excluded.ended_on, overlap = excluded.overlap, extra = excluded.extra
	where requests.group_id = excluded.group_id
	returning true
$$;

create function app.write_goal(r app.goals) returns boolean
language sql volatile set search_path = '' as $$
	insert into app.goals select r.*
	on conflict (city_id, id) do update set
		seq = excluded.seq, discarded = excluded.discarded, from_week = excluded.from_week,
		households = excluded.households, overlap = excluded.overlap, extra = excluded.extra
	where goals.group_id = excluded.group_id
	returning true
$$;

create function app.write_thank(r app.thanks) returns boolean
language sql volatile set search_path = '' as $$
	insert into app.thanks select r.*
	on conflict (city_id, id) do update set
		seq = excluded.seq, discarded = excluded.discarded, week = excluded.week, to_id = excluded.to_id,
		words = excluded.words, overlap = excluded.overlap, extra = excluded.extra
	where thanks.group_id = excluded.group_id
	returning true
$$;

revoke execute on all functions in schema app from public;
