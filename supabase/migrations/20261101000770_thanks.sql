-- Thank-yous of whoever leads a team, to one of its members or to all of them.

insert into app.verbs (verb) values ('thank_members');
insert into app.role_verbs (role, verb) values ('deputy', 'thank_members'), ('leader', 'thank_members');

create table app.thanks (
	city_id text not null,
	id uuid not null,
	group_id uuid not null,
	seq bigint not null,
	author_id uuid not null,
	recorded_at timestamptz not null,
	discarded boolean not null default false,
	week date,
	to_id uuid,
	words text,
	overlap text[] not null default '{}',
	extra jsonb not null default '{}',
	constraint thanks_pkey primary key (city_id, id),
	constraint thanks_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint thanks_week_missing check (week is not null),
	constraint thanks_week_bad_value check (week is null or extract(isodow from week) = 1),
	constraint thanks_words_missing check (words is not null and btrim(words) <> ''),
	constraint thanks_words_too_long check (char_length(words) <= 200),
	constraint thanks_words_card_number check (not app.holds_card_number(words)),
	constraint thanks_words_id_number check (not app.holds_id_number(words)),
	constraint thanks_words_email check (not app.holds_email(words)),
	constraint thanks_words_otp check (not app.holds_one_time_code(words)),
	constraint thanks_words_phone_number check (not app.holds_phone_number(words)),
	constraint thanks_extra_too_long check (extra = '{}' or length(extra::text) <= 20000),
	constraint thanks_extra_id_number check (extra = '{}' or not app.holds_id_number(extra::text))
);
create unique index thanks_by_seq on app.thanks (city_id, group_id, seq);

comment on column app.thanks.week is 'The Monday of the week that it is for, and in which it is shown.';
comment on column app.thanks.to_id is 'Whom it thanks; null: the whole team. No foreign key: whoever has left the team reads it nowhere.';

alter table app.thanks enable row level security;
create policy "teams and officers read the thank-yous of their groups" on app.thanks for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('read_records')));
grant select on app.thanks to authenticated;
-- No insert, update or delete for anybody: records change only through app.push.
