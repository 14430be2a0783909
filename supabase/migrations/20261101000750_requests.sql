-- Requests for help: somebody asks a team to come, by the code on a poster, by calling an officer, or by
-- word of mouth. No names and no numbers to call: where to come, what about, and when it would suit.

create table app.requests (
	city_id text not null,
	id uuid not null,
	group_id uuid not null,
	seq bigint not null,
	author_id uuid not null,
	recorded_at timestamptz not null,
	discarded boolean not null default false,
	label text,
	topic text not null default '',
	wish_time text not null default '',
	wish_weekdays text[] not null default '{}',
	asked_on date,
	source text,
	consent text,
	household_id uuid,
	taken_by uuid,
	taken_on date,
	visit_id uuid,
	ended_as text not null default '',
	ended_on date,
	overlap text[] not null default '{}',
	extra jsonb not null default '{}',
	constraint requests_pkey primary key (city_id, id),
	constraint requests_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	-- Long after its end nobody needs to know where it was (app.empty_requests).
	constraint requests_label_missing check (label is not null and (btrim(label) <> '' or ended_as <> '' or discarded)),
	constraint requests_label_too_long check (char_length(label) <= 80),
	constraint requests_label_card_number check (not app.holds_card_number(label)),
	constraint requests_label_id_number check (not app.holds_id_number(label)),
	constraint requests_label_email check (not app.holds_email(label)),
	constraint requests_label_otp check (not app.holds_one_time_code(label)),
	constraint requests_label_phone_number check (not app.holds_phone_number(label)),
	constraint requests_label_bad_value check (not app.turns_around(label)),
	constraint requests_topic_bad_value check (topic = '' or app.is_code(topic)),
	constraint requests_wish_time_bad_value check (wish_time = '' or app.is_code(wish_time)),
	constraint requests_wish_weekdays_bad_value check (wish_weekdays <@ array['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']),
	constraint requests_asked_on_missing check (asked_on is not null),
	constraint requests_source_missing check (source is not null),
	constraint requests_source_bad_value check (source is null or app.is_code(source)),
	constraint requests_consent_missing check (consent is not null),
	constraint requests_consent_bad_value check (consent is null or app.is_code(consent)),
	constraint requests_ended_as_bad_value check (ended_as = '' or app.is_code(ended_as)),
	constraint requests_ended_on_missing check (ended_as = '' or ended_on is not null),
	constraint requests_extra_too_long check (extra = '{}' or length(extra::text) <= 20000),
	constraint requests_extra_id_number check (extra = '{}' or not app.holds_id_number(extra::text))
);
create unique index requests_by_seq on app.requests (city_id, group_id, seq);
create index requests_to_empty on app.requests (ended_on) where label <> '' and (ended_as <> '' or discarded);

comment on column app.requests.author_id is 'Who wrote it down; of what a resident asked by a poster, the id of nobody (all zeros).';
comment on column app.requests.consent is 'How whoever asks agreed, and to which text: form_1, spoken_1.';
comment on column app.requests.household_id is 'Whose door it turned out to be; it moves to another group with it. No foreign key: the household may be refused.';
comment on column app.requests.taken_by is 'Who of the team goes there. No foreign key: a mark that nobody follows is no harm.';
comment on column app.requests.taken_on is 'Since when: the day of the change by which somebody took it. Nobody types it.';
comment on column app.requests.visit_id is 'The visit by which it was done. No foreign key: the visit may come later, or be refused.';
comment on column app.requests.ended_as is 'Empty while it is open; done, or why it was closed without.';

alter table app.requests enable row level security;
create policy "teams and officers read the requests for help of their groups" on app.requests for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
grant select on app.requests to authenticated;
-- No insert, update or delete for anybody: records change only through app.push, or come by app.ask.

revoke execute on all functions in schema app from public;
