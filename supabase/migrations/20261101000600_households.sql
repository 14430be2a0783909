-- Households by a label the neighbours use. No names of residents, no addresses, no ID numbers.

create table app.households (
	city_id text not null,
	id uuid not null,
	group_id uuid not null,
	seq bigint not null,
	author_id uuid not null,
	recorded_at timestamptz not null,
	discarded boolean not null default false,
	label text,
	adults smallint,
	smartphone boolean,
	internet boolean,
	digital_address boolean,
	electronic_id boolean,
	online_services boolean,
	digital_payment boolean,
	helps_others boolean,
	priority boolean not null default false,
	note text not null default '',
	merged_into uuid,
	assigned_to uuid,
	taken_by uuid,
	said_on jsonb not null default '{}',
	overlap text[] not null default '{}',
	extra jsonb not null default '{}',
	constraint households_pkey primary key (city_id, id),
	constraint households_in_group unique (city_id, group_id, id),
	constraint households_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint households_merged foreign key (city_id, group_id, merged_into) references app.households (city_id, group_id, id) deferrable,
	constraint households_merged_into_bad_value check (merged_into <> id),
	constraint households_label_missing check (label is not null and btrim(label) <> ''),
	constraint households_label_too_long check (char_length(label) <= 80),
	constraint households_adults_out_of_range check (adults between 0 and 50),
	constraint households_note_too_long check (char_length(note) <= 1000),
	constraint households_note_card_number check (note = '' or not app.holds_card_number(note)),
	constraint households_note_id_number check (note = '' or not app.holds_id_number(note)),
	constraint households_note_email check (note = '' or not app.holds_email(note)),
	constraint households_note_otp check (note = '' or not app.holds_one_time_code(note)),
	constraint households_extra_too_long check (extra = '{}' or length(extra::text) <= 20000),
	constraint households_extra_id_number check (extra = '{}' or not app.holds_id_number(extra::text)),
	constraint households_label_card_number check (not app.holds_card_number(label)),
	constraint households_label_id_number check (not app.holds_id_number(label)),
	constraint households_label_email check (not app.holds_email(label)),
	constraint households_label_otp check (not app.holds_one_time_code(label)),
	constraint households_label_phone_number check (not app.holds_phone_number(label)),
	constraint households_label_bad_value check (not app.turns_around(label))
);
comment on column app.households.overlap is 'Fields that two people changed without seeing each other, until somebody has looked.';
comment on column app.households.said_on is 'Of answers and of marks that grow old: the day on which the value that stands was said, by field.';
comment on column app.households.merged_into is 'The household that this one turned out to be. It counts there and nowhere else (docs/decisions/013-merging-households.md).';
comment on column app.households.assigned_to is 'Whom the leader asked to go there. No foreign key: a mark that nobody follows is no harm.';
comment on column app.households.taken_by is 'Who goes there today, so that no teammate stands at the same door.';
create unique index households_by_seq on app.households (city_id, group_id, seq);
create index households_merged_into on app.households (city_id, merged_into) where merged_into is not null;

alter table app.households enable row level security;
create policy "teams and officers read the households of their groups" on app.households for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
grant select on app.households to authenticated;
-- No insert, update or delete for anybody: records change only through app.push.
