-- Who took part on which day: read from the records, confirmed by the leader, with the days added that
-- no record tells of. The list with signatures is printed from what was confirmed.

insert into app.verbs (verb) values ('confirm_days');
insert into app.role_verbs (role, verb) values ('leader', 'confirm_days'), ('ward_officer', 'confirm_days');

create table app.activity_days (
	city_id text not null,
	team_id uuid not null,
	person_id uuid not null,
	day date not null,
	plan_line text,
	confirmed_by uuid not null,
	confirmed_at timestamptz not null default now(),
	constraint activity_days_pkey primary key (city_id, team_id, person_id, day),
	constraint activity_days_team foreign key (city_id, team_id) references app.teams (city_id, team_id),
	constraint activity_days_person foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint activity_days_confirmed_by foreign key (city_id, confirmed_by) references app.people (city_id, person_id),
	constraint activity_days_plan_line_bad_value check (plan_line is null or app.is_code(plan_line))
);
comment on column app.activity_days.plan_line is 'The line of the plan under which the day was worked; null while no plan is kept here.';

alter table app.activity_days enable row level security;
-- Read by nobody at the table: a list of days by name is for those who confirm it, through api.activity_days.

-- The teams whose days the caller confirms: those that look after a group in reach.
create function app.teams_to_confirm() returns setof uuid
language sql stable security definer set search_path = '' as $$
	select distinct tg.team_id from app.team_groups tg
	where tg.city_id = app.my_city_id() and tg.group_id in (select app.my_group_ids('confirm_days'))
		and tg.from_day <= app.today() and tg.to_day > app.today()
$$;

-- The days of a month on which a team's members worked, as its records tell: whoever wrote down help
-- or a sign-up, and whoever was at a training. Each by a member of that day.
create function app.days_in_records(p_city_id text, p_team_id uuid, p_first_day date)
returns table (person_id uuid, day date)
language sql stable set search_path = '' as $$
	with its as materialized (
		-- Group by group, because records lie by their group: of the whole city all would be read.
		select array_agg(distinct tg.group_id) as group_ids from app.team_groups tg
		where tg.city_id = p_city_id and tg.team_id = p_team_id and tg.to_day > p_first_day
	), worked as (
		select v.group_id, v.author_id as person_id, v.day from its join app.visits v on v.group_id = any (its.group_ids)
		where v.city_id = p_city_id and not v.discarded and v.day >= p_first_day and v.day < p_first_day + interval '1 month'
		union
		select s.group_id, s.author_id, s.day from its join app.signups s on s.group_id = any (its.group_ids)
		where s.city_id = p_city_id and not s.discarded and s.day >= p_first_day and s.day < p_first_day + interval '1 month'
		union
		select t.group_id, p.id, t.day from its join app.trainings t on t.group_id = any (its.group_ids)
		cross join lateral unnest(t.author_id || t.member_ids) p(id)
		where t.city_id = p_city_id and not t.discarded and t.day >= p_first_day and t.day < p_first_day + interval '1 month'
	)
	select distinct w.person_id, w.day from worked w
	join app.team_groups tg on tg.city_id = p_city_id and tg.team_id = p_team_id and tg.group_id = w.group_id
		and w.day >= tg.from_day and w.day < tg.to_day
	join app.memberships m on m.city_id = p_city_id and m.team_id = p_team_id and m.person_id = w.person_id
		and w.day >= m.from_day and w.day < m.to_day
$$;

-- security definer: names and memberships are readable by nobody.
create function app.activity_days(p_first_day date) returns jsonb
language plpgsql stable security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	first constant date := date_trunc('month', p_first_day)::date;
begin
	return (
		select coalesce(jsonb_agg(jsonb_build_object(
			'team_id', t.team_id, 'name', t.name,
			'confirmed_at', (
				select max(d.confirmed_at) from app.activity_days d
				where d.city_id = city and d.team_id = t.team_id and d.day >= first and d.day < first + interval '1 month'),
			'members', (
				select coalesce(jsonb_agg(jsonb_build_object(
					'person_id', p.person_id, 'name', p.name,
					'recorded', (
						select coalesce(jsonb_agg(r.day order by r.day), '[]') from app.days_in_records(city, t.team_id, first) r
						where r.person_id = p.person_id),
					'confirmed', (
						select coalesce(jsonb_agg(d.day order by d.day), '[]') from app.activity_days d
						where d.city_id = city and d.team_id = t.team_id and d.person_id = p.person_id
							and d.day >= first and d.day < first + interval '1 month')
				) order by p.name, p.person_id), '[]')
				from app.people p
				where p.city_id = city and exists (
					select from app.memberships m
					where m.city_id = city and m.team_id = t.team_id and m.person_id = p.person_id
						and m.from_day < first + interval '1 month' and m.to_day > first and m.to_day > m.from_day))
		) order by t.name), '[]')
		from app.teams t
		where t.city_id = city and t.team_id in (select app.teams_to_confirm()));
end $$;

create function api.activity_days(first_day date) returns jsonb
language sql stable set search_path = '' as $$
	select app.activity_days(first_day)
$$;

-- What the leader confirms takes the place of what was confirmed of that month before.
create function app.confirm_activity_days(p_team_id uuid, p_first_day date, p_days jsonb) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	me record;
begin
	perform app.require_session();
	select * into me from app.live_person();
	if p_team_id is null or p_team_id not in (select app.teams_to_confirm()) then
		perform app.invalid('not_your_group', 'team_id');
	elsif p_first_day is null or extract(day from p_first_day) <> 1 then
		perform app.invalid('bad_value', 'first_day');
	elsif jsonb_typeof(p_days) is distinct from 'array' or jsonb_array_length(p_days) > 5000
		or exists (select from jsonb_array_elements(p_days) e
			where not coalesce(app.uuid_or_null(e ->> 'person_id') is not null and app.is_day(e ->> 'day')
				and (e ->> 'plan_line' is null or app.is_code(e ->> 'plan_line')), false)) then
		perform app.invalid('bad_value', 'days');
	elsif exists (
		select from jsonb_array_elements(p_days) e
		where (e ->> 'day')::date > app.today() or date_trunc('month', (e ->> 'day')::date) <> p_first_day) then
		perform app.invalid('date_in_future', 'days');
	elsif exists (
		select from jsonb_array_elements(p_days) e
		where not exists (
			select from app.memberships m
			where m.city_id = me.city_id and m.team_id = p_team_id and m.person_id = (e ->> 'person_id')::uuid
				and (e ->> 'day')::date >= m.from_day and (e ->> 'day')::date < m.to_day)) then
		perform app.invalid('unknown_person', 'days');
	end if;
	-- One confirmation after the other: two at once would be neither's.
	perform from app.teams t where t.city_id = me.city_id and t.team_id = p_team_id for update;
	delete from app.activity_days d
	where d.city_id = me.city_id and d.team_id = p_team_id and d.day >= p_first_day and d.day < p_first_day + interval '1 month';
	insert into app.activity_days (city_id, team_id, person_id, day, plan_line, confirmed_by)
	select distinct on (1, 2, 3, 4) me.city_id, p_team_id, (e ->> 'person_id')::uuid, (e ->> 'day')::date, e ->> 'plan_line', me.person_id
	from jsonb_array_elements(p_days) e;
end $$;

create function api.confirm_activity_days(team_id uuid, first_day date, days jsonb) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	code text;
	field text;
begin
	perform app.confirm_activity_days(team_id, first_day, days);
	return jsonb_build_object('problem', null);
exception when sqlstate 'TN001' then
	get stacked diagnostics code = message_text, field = column_name;
	return jsonb_build_object('problem', jsonb_build_object('code', code, 'field', field));
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function app.activity_days(date), app.confirm_activity_days(uuid, date, jsonb),
	api.activity_days(date), api.confirm_activity_days(uuid, date, jsonb)
	to authenticated;
