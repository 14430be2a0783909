-- What a team does: support visits, sign-ups and trainings. Vulnerable groups are counts on the
-- record, never a mark on a person or a household.

-- Counts by group: at most 20 codes, each with a whole number from 0 to the number of people.
create function app.counts_fit(counts jsonb, people integer) returns boolean
language sql immutable set search_path = '' as $$
	select case
		when jsonb_typeof(counts) <> 'object' then false
		when (select count(*) from jsonb_object_keys(counts)) > 20 then false
		else not exists (
			select from jsonb_each(counts) c
			where not app.is_code(c.key) or jsonb_typeof(c.value) <> 'number'
				or c.value::text !~ '^[0-9]{1,4}$' or c.value::text::integer > people
		)
	end
$$;

create table app.visits (
	city_id text not null,
	id uuid not null,
	group_id uuid not null,
	seq bigint not null,
	author_id uuid not null,
	recorded_at timestamptz not null,
	discarded boolean not null default false,
	household_id uuid,
	day date,
	place text not null default '',
	topics text[] not null default '{}',
	outcome text,
	people_helped smallint not null default 0,
	people_by_group jsonb not null default '{}',
	barriers text[] not null default '{}',
	campaign text not null default '',
	follow_up_on date,
	note text not null default '',
	overlap text[] not null default '{}',
	extra jsonb not null default '{}',
	constraint visits_pkey primary key (city_id, id),
	constraint visits_extra_too_long check (extra = '{}' or length(extra::text) <= 20000),
	constraint visits_extra_id_number check (extra = '{}' or not app.holds_id_number(extra::text)),
	constraint visits_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint visits_household foreign key (city_id, group_id, household_id) references app.households (city_id, group_id, id) deferrable,
	constraint visits_day_missing check (day is not null),
	constraint visits_outcome_missing check (outcome is not null),
	constraint visits_topics_missing check (outcome <> 'helped' or cardinality(topics) > 0),
	constraint visits_people_helped_out_of_range check (people_helped between 0 and 500),
	constraint visits_people_helped_missing check (outcome <> 'helped' or people_helped <> 0),
	constraint visits_people_by_group_out_of_range check (people_by_group = '{}' or app.counts_fit(people_by_group, people_helped)),
	constraint visits_follow_up_on_out_of_range check (follow_up_on between day and day + 400),
	constraint visits_note_too_long check (char_length(note) <= 1000),
	constraint visits_note_card_number check (note = '' or not app.holds_card_number(note)),
	constraint visits_note_id_number check (note = '' or not app.holds_id_number(note)),
	constraint visits_note_email check (note = '' or not app.holds_email(note)),
	constraint visits_note_otp check (note = '' or not app.holds_one_time_code(note)),
	constraint visits_place_bad_value check (place = '' or place ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}$'),
	constraint visits_outcome_bad_value check (outcome ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}$'),
	constraint visits_topics_bad_value check (topics = '{}' or array_ndims(topics) = 1 and strpos(array_to_string(topics, '', ''), ',') = 0 and array_to_string(topics, ',', '') ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}(,[a-z][a-z0-9_]{0,39})*$'),
	constraint visits_barriers_bad_value check (barriers = '{}' or array_ndims(barriers) = 1 and strpos(array_to_string(barriers, '', ''), ',') = 0 and array_to_string(barriers, ',', '') ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}(,[a-z][a-z0-9_]{0,39})*$'),
	constraint visits_campaign_bad_value check (campaign = '' or campaign ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}$'),
	constraint visits_topics_out_of_range check (cardinality(topics) <= 40),
	constraint visits_barriers_out_of_range check (cardinality(barriers) <= 40)
);
create unique index visits_by_seq on app.visits (city_id, group_id, seq);
create index visits_by_household on app.visits (city_id, household_id) where household_id is not null;

create table app.signups (
	city_id text not null,
	id uuid not null,
	group_id uuid not null,
	seq bigint not null,
	author_id uuid not null,
	recorded_at timestamptz not null,
	discarded boolean not null default false,
	household_id uuid,
	visit_id uuid,
	day date,
	service text,
	result text,
	people smallint not null default 1,
	overlap text[] not null default '{}',
	extra jsonb not null default '{}',
	constraint signups_pkey primary key (city_id, id),
	constraint signups_extra_too_long check (extra = '{}' or length(extra::text) <= 20000),
	constraint signups_extra_id_number check (extra = '{}' or not app.holds_id_number(extra::text)),
	constraint signups_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint signups_household foreign key (city_id, group_id, household_id) references app.households (city_id, group_id, id) deferrable,
	constraint signups_day_missing check (day is not null),
	constraint signups_service_missing check (service is not null),
	constraint signups_result_missing check (result is not null),
	constraint signups_service_bad_value check (service ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}$'),
	constraint signups_result_bad_value check (result ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}$'),
	constraint signups_people_out_of_range check (people between 1 and 500)
);
create unique index signups_by_seq on app.signups (city_id, group_id, seq);
create index signups_by_household on app.signups (city_id, household_id) where household_id is not null;

comment on column app.signups.visit_id is 'The visit it was made in. No foreign key: a sign-up stands even when its visit was refused.';

create table app.trainings (
	city_id text not null,
	id uuid not null,
	group_id uuid not null,
	seq bigint not null,
	author_id uuid not null,
	recorded_at timestamptz not null,
	discarded boolean not null default false,
	day date,
	topics text[] not null default '{}',
	place text not null default '',
	campaign text not null default '',
	headcount smallint,
	people_by_group jsonb not null default '{}',
	household_ids uuid[] not null default '{}',
	member_ids uuid[] not null default '{}',
	session_id uuid,
	note text not null default '',
	overlap text[] not null default '{}',
	extra jsonb not null default '{}',
	constraint trainings_pkey primary key (city_id, id),
	constraint trainings_extra_too_long check (extra = '{}' or length(extra::text) <= 20000),
	constraint trainings_extra_id_number check (extra = '{}' or not app.holds_id_number(extra::text)),
	constraint trainings_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint trainings_day_missing check (day is not null),
	constraint trainings_place_bad_value check (place = '' or place ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}$'),
	constraint trainings_topics_bad_value check (topics = '{}' or array_ndims(topics) = 1 and strpos(array_to_string(topics, '', ''), ',') = 0 and array_to_string(topics, ',', '') ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}(,[a-z][a-z0-9_]{0,39})*$'),
	constraint trainings_campaign_bad_value check (campaign = '' or campaign ~ '^(?!.*[0-9]{12})[a-z][a-z0-9_]{0,39}$'),
	constraint trainings_topics_missing check (cardinality(topics) > 0),
	constraint trainings_topics_out_of_range check (cardinality(topics) <= 40),
	constraint trainings_headcount_missing check (headcount is not null),
	constraint trainings_headcount_out_of_range check (case when session_id is null then headcount between 1 and 2000 else headcount = 0 end),
	constraint trainings_household_ids_out_of_range check (cardinality(household_ids) <= case when session_id is null then headcount else 500 end),
	constraint trainings_household_ids_missing check (session_id is null or cardinality(household_ids) > 0 or discarded),
	constraint trainings_member_ids_out_of_range check (cardinality(member_ids) <= 500),
	constraint trainings_people_by_group_out_of_range check (people_by_group = '{}' or app.counts_fit(people_by_group, headcount)),
	constraint trainings_note_too_long check (char_length(note) <= 1000),
	constraint trainings_note_card_number check (note = '' or not app.holds_card_number(note)),
	constraint trainings_note_id_number check (note = '' or not app.holds_id_number(note)),
	constraint trainings_note_email check (note = '' or not app.holds_email(note)),
	constraint trainings_note_otp check (note = '' or not app.holds_one_time_code(note))
);
create unique index trainings_by_seq on app.trainings (city_id, group_id, seq);
create index trainings_by_household on app.trainings using gin (household_ids) where household_ids <> '{}';

comment on column app.trainings.household_ids is 'Which of the group''s households took part. Ids of another group''s are taken out when it is judged; one that is not known yet may still come.';
comment on column app.trainings.session_id is 'The session of another team that these households are attached to. No foreign key: it may come later, or from another group. Its people were counted there.';

alter table app.visits enable row level security;
alter table app.signups enable row level security;
alter table app.trainings enable row level security;
create policy "teams and officers read the visits of their groups" on app.visits for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
create policy "teams and officers read the sign-ups of their groups" on app.signups for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
create policy "teams and officers read the trainings of their groups" on app.trainings for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
grant select on app.visits, app.signups, app.trainings to authenticated;
-- No insert, update or delete for anybody: records change only through app.push.

revoke execute on all functions in schema app from public;
