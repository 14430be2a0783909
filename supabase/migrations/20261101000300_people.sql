-- People, what a role may do, and who belongs where. Scope is read from these rows at every call.

create table app.roles (
	role text not null,
	position smallint not null,
	vi text not null,
	en text not null,
	home text not null,
	constraint roles_pkey primary key (role),
	constraint roles_home_known check (home in ('log', 'coverage', 'wards'))
);

create table app.role_verbs (
	role text not null,
	verb text not null,
	constraint role_verbs_pkey primary key (role, verb),
	constraint role_verbs_role foreign key (role) references app.roles (role),
	constraint role_verbs_verb_known check (verb in ('record', 'read_records', 'read_totals', 'compare_wards'))
);

create table app.people (
	city_id text not null,
	person_id uuid not null,
	name text not null,
	disabled_at timestamptz,
	constraint people_pkey primary key (city_id, person_id),
	constraint people_of_city foreign key (city_id) references app.cities (city_id),
	constraint people_id_unique unique (person_id),
	constraint people_name_present check (name <> '')
);

create table app.teams (
	city_id text not null,
	team_id uuid not null,
	name text not null,
	constraint teams_pkey primary key (city_id, team_id),
	constraint teams_of_city foreign key (city_id) references app.cities (city_id)
);

create table app.team_groups (
	city_id text not null,
	team_id uuid not null,
	group_id uuid not null,
	from_day date not null,
	to_day date not null default 'infinity',
	constraint team_groups_pkey primary key (city_id, team_id, group_id, from_day),
	constraint team_groups_team foreign key (city_id, team_id) references app.teams (city_id, team_id),
	constraint team_groups_group foreign key (city_id, group_id) references app.units (city_id, unit_id),
	constraint team_groups_days_in_order check (to_day > from_day)
);

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
	constraint memberships_days_in_order check (to_day > from_day)
);
create index memberships_by_person on app.memberships (city_id, person_id);

insert into app.roles (role, position, vi, en, home) values
	('member', 1, 'Thành viên', 'Member', 'log'),
	('leader', 2, 'Tổ trưởng', 'Leader', 'log'),
	('ward_officer', 3, 'Cán bộ phường/xã', 'Ward officer', 'coverage'),
	('area_coordinator', 4, 'Điều phối viên địa bàn', 'Area coordinator', 'coverage'),
	('city_office', 5, 'Văn phòng thành phố', 'City office', 'wards'),
	('administrator', 6, 'Quản trị', 'Administrator', 'wards');

insert into app.role_verbs (role, verb) values
	('member', 'record'), ('member', 'read_records'), ('member', 'read_totals'),
	('leader', 'record'), ('leader', 'read_records'), ('leader', 'read_totals'),
	('ward_officer', 'read_records'), ('ward_officer', 'read_totals'),
	('area_coordinator', 'read_totals'),
	('city_office', 'read_totals'), ('city_office', 'compare_wards'),
	('administrator', 'compare_wards'), ('administrator', 'read_totals');

alter table app.roles enable row level security;
alter table app.role_verbs enable row level security;
alter table app.people enable row level security;
alter table app.teams enable row level security;
alter table app.team_groups enable row level security;
alter table app.memberships enable row level security;
