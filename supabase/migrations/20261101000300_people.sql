-- People, what a role may do, and who belongs where. Scope is read from these rows at every call.

create table app.roles (
	role text not null,
	position smallint not null,
	vi text not null,
	en text not null,
	home text not null,
	place text not null,
	signs_in text not null,
	constraint roles_pkey primary key (role),
	constraint roles_home_known check (home in ('log', 'coverage', 'wards')),
	constraint roles_place_known check (place in ('team', 'ward', 'area', 'city')),
	constraint roles_signs_in_known check (signs_in in ('invitation', 'password'))
);

comment on column app.roles.place is 'Where the role is held: in a team, or in a unit of this level.';
comment on column app.roles.signs_in is 'Volunteers come by an invitation alone; staff also have a password.';

-- The verbs there are. Each later subject adds its own beside the functions that ask for it.
create table app.verbs (
	verb text not null,
	constraint verbs_pkey primary key (verb)
);

create table app.role_verbs (
	role text not null,
	verb text not null,
	constraint role_verbs_pkey primary key (role, verb),
	constraint role_verbs_role foreign key (role) references app.roles (role),
	constraint role_verbs_verb foreign key (verb) references app.verbs (verb)
);

-- Whom a role may appoint, invite and remove, within its own place.
create table app.role_gives (
	role text not null,
	gives text not null,
	constraint role_gives_pkey primary key (role, gives),
	constraint role_gives_role foreign key (role) references app.roles (role),
	constraint role_gives_gives foreign key (gives) references app.roles (role)
);

create table app.people (
	city_id text not null,
	person_id uuid not null,
	name text not null,
	folded text generated always as (app.fold(name)) stored,
	disabled_at timestamptz,
	constraint people_pkey primary key (city_id, person_id),
	constraint people_of_city foreign key (city_id) references app.cities (city_id),
	constraint people_id_unique unique (person_id),
	constraint people_name_present check (name <> ''),
	constraint people_name_length check (char_length(name) <= 120),
	constraint people_name_card_number check (not app.holds_card_number(name)),
	constraint people_name_id_number check (not app.holds_id_number(name)),
	constraint people_name_email check (not app.holds_email(name)),
	constraint people_name_otp check (not app.holds_one_time_code(name))
);

-- Apart from the name, because few may read it: only who looks after the person.
create table app.person_contacts (
	city_id text not null,
	person_id uuid not null,
	phone text not null,
	constraint person_contacts_pkey primary key (city_id, person_id),
	constraint person_contacts_person foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint person_contacts_phone_plain check (phone ~ '^0[0-9]{9,10}$')
);

create table app.teams (
	city_id text not null,
	team_id uuid not null,
	name text not null,
	folded text generated always as (app.fold(name)) stored,
	to_day date,
	constraint teams_pkey primary key (city_id, team_id),
	constraint teams_of_city foreign key (city_id) references app.cities (city_id),
	constraint teams_name_present check (name <> ''),
	constraint teams_name_length check (char_length(name) <= 200)
);

comment on column app.teams.to_day is 'First day on which the team no longer is; null while it works.';

create table app.team_groups (
	city_id text not null,
	team_id uuid not null,
	group_id uuid not null,
	from_day date not null,
	to_day date not null default 'infinity',
	constraint team_groups_pkey primary key (city_id, team_id, group_id, from_day),
	constraint team_groups_team foreign key (city_id, team_id) references app.teams (city_id, team_id),
	constraint team_groups_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint team_groups_days_in_order check (to_day >= from_day)
);
create index team_groups_by_group on app.team_groups (city_id, group_id);

create table app.memberships (
	city_id text not null,
	membership_id uuid not null,
	person_id uuid not null,
	role text not null,
	unit_id uuid,
	team_id uuid,
	from_day date not null,
	to_day date not null default 'infinity',
	constraint memberships_pkey primary key (city_id, membership_id),
	constraint memberships_person foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint memberships_role foreign key (role) references app.roles (role),
	constraint memberships_unit foreign key (city_id, unit_id) references app.units (city_id, unit_id),
	constraint memberships_team foreign key (city_id, team_id) references app.teams (city_id, team_id),
	constraint memberships_in_one_place check (num_nonnulls(unit_id, team_id) = 1),
	-- What begins and ends on the same day has never been.
	constraint memberships_days_in_order check (to_day >= from_day),
	-- One role at a time in one place. The ids stand in it as numbers, because a GiST index compares
	-- uuids only with an extension that not every PostgreSQL has; two pairs of ids share a number once
	-- in 18 million million million.
	constraint memberships_do_not_overlap exclude using gist (
		int8range(
			hashtextextended(person_id::text || coalesce(unit_id, team_id)::text, 0),
			hashtextextended(person_id::text || coalesce(unit_id, team_id)::text, 0), '[]') with &&,
		daterange(from_day, to_day) with &&),
	constraint memberships_one_leader exclude using gist (
		int8range(hashtextextended(city_id || team_id::text, 0), hashtextextended(city_id || team_id::text, 0), '[]') with &&,
		daterange(from_day, to_day) with &&) where (role = 'leader')
);
create index memberships_by_person on app.memberships (city_id, person_id);
create index memberships_by_team on app.memberships (city_id, team_id) where team_id is not null;
create index memberships_by_unit on app.memberships (city_id, unit_id) where unit_id is not null;

insert into app.roles (role, position, vi, en, home, place, signs_in) values
	('member', 1, 'Thành viên', 'Member', 'log', 'team', 'invitation'),
	('deputy', 2, 'Tổ phó', 'Deputy leader', 'log', 'team', 'invitation'),
	('leader', 3, 'Tổ trưởng', 'Leader', 'log', 'team', 'invitation'),
	('ward_officer', 4, 'Cán bộ phường/xã', 'Ward officer', 'coverage', 'ward', 'password'),
	('area_coordinator', 5, 'Điều phối viên địa bàn', 'Area coordinator', 'coverage', 'area', 'password'),
	('city_office', 6, 'Văn phòng thành phố', 'City office', 'wards', 'city', 'password'),
	('administrator', 7, 'Quản trị', 'Administrator', 'wards', 'city', 'password');

insert into app.verbs (verb) values
	('record'), ('read_records'), ('arrange_households'), ('move_households'), ('read_totals'), ('compare_wards');
insert into app.role_verbs (role, verb) values
	('member', 'record'), ('member', 'read_records'), ('member', 'read_totals'),
	('deputy', 'record'), ('deputy', 'arrange_households'), ('deputy', 'read_records'), ('deputy', 'read_totals'),
	('leader', 'record'), ('leader', 'arrange_households'), ('leader', 'read_records'), ('leader', 'read_totals'),
	('ward_officer', 'read_records'), ('ward_officer', 'move_households'), ('ward_officer', 'read_totals'),
	('area_coordinator', 'read_totals'),
	('city_office', 'read_totals'), ('city_office', 'compare_wards'),
	('administrator', 'compare_wards'), ('administrator', 'read_totals');

insert into app.role_gives (role, gives) values
	('deputy', 'member'),
	('leader', 'member'), ('leader', 'deputy'),
	('ward_officer', 'member'), ('ward_officer', 'deputy'), ('ward_officer', 'leader'),
	('city_office', 'member'), ('city_office', 'deputy'), ('city_office', 'leader'),
	('city_office', 'ward_officer'), ('city_office', 'area_coordinator'),
	('administrator', 'member'), ('administrator', 'deputy'), ('administrator', 'leader'),
	('administrator', 'ward_officer'), ('administrator', 'area_coordinator'),
	('administrator', 'city_office'), ('administrator', 'administrator');

alter table app.roles enable row level security;
alter table app.verbs enable row level security;
alter table app.role_verbs enable row level security;
alter table app.role_gives enable row level security;
alter table app.people enable row level security;
alter table app.person_contacts enable row level security;
alter table app.teams enable row level security;
alter table app.team_groups enable row level security;
alter table app.memberships enable row level security;
