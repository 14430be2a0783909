-- Open figures: what a city says to everybody, without a sign-in: coverage and sign-ups by ward and month.
-- Each month is counted once, some days after its end, and stays as it was published: two copies of one
-- month tell nothing by their difference. Numbers below the threshold are never written into these tables.
-- Why whole months, and why the wards beside a small one: docs/decisions/021-open-figures.md.

insert into app.verbs (verb) values ('publish_figures');
insert into app.role_verbs (role, verb) values ('city_office', 'publish_figures'), ('administrator', 'publish_figures');

-- A row: the city publishes. None, as every city begins: it does not.
create table app.open_publishing (
	city_id text not null,
	since timestamptz not null default now(),
	person_id uuid,
	constraint open_publishing_pkey primary key (city_id),
	constraint open_publishing_city foreign key (city_id) references app.cities (city_id),
	constraint open_publishing_person foreign key (city_id, person_id) references app.people (city_id, person_id)
);
comment on column app.open_publishing.person_id is 'Who switched it on; null in the demo city.';

create table app.open_months (
	city_id text not null,
	month date not null,
	counted_on date not null,
	edition text,
	reached integer,
	signed_up integer,
	constraint open_months_pkey primary key (city_id, month),
	constraint open_months_city foreign key (city_id) references app.cities (city_id),
	constraint open_months_edition foreign key (edition) references app.editions (edition),
	constraint open_months_month_is_first_day check (extract(day from month) = 1),
	constraint open_months_reached_not_small check (reached not between 1 and 9),
	constraint open_months_signed_up_not_small check (signed_up not between 1 and 9)
);
comment on table app.open_months is 'The figures of the whole city as they were published; null: withheld.';

create table app.open_cells (
	city_id text not null,
	month date not null,
	ward_id uuid not null,
	code text not null,
	name text not null,
	counted boolean not null,
	households integer,
	households_source text,
	households_as_of date,
	reached integer,
	signed_up integer,
	constraint open_cells_pkey primary key (city_id, month, ward_id),
	constraint open_cells_month foreign key (city_id, month) references app.open_months (city_id, month),
	constraint open_cells_ward foreign key (city_id, ward_id) references app.units (city_id, unit_id),
	constraint open_cells_reached_not_small check (reached not between 1 and 9),
	constraint open_cells_signed_up_not_small check (signed_up not between 1 and 9)
);
create index open_cells_by_ward on app.open_cells (city_id, ward_id, month);
comment on column app.open_cells.reached is 'Households reached by the end of the month; null: withheld, or no teams there.';

alter table app.open_publishing enable row level security;
alter table app.open_months enable row level security;
alter table app.open_cells enable row level security;
create policy "who publishes figures reads whether they are" on app.open_publishing for select to authenticated
	using (city_id = (select app.my_city_id()) and (select app.i_may('publish_figures')));
grant select on app.open_publishing to authenticated;
-- open_months and open_cells have no grants and no policies: they are read through published.figures.

-- Counts below this are of so few that their neighbours know who is meant.
create function app.open_threshold() returns integer
language sql immutable set search_path = '' as $$
	select 10
$$;

create function app.is_small(p_count numeric) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(abs(p_count) between 1 and app.open_threshold() - 1, false)
$$;

-- A ward's count, and what it is a part of (null: unknown, or of nothing).
create type app.open_count as (ward_id uuid, code text, value bigint, below bigint);

-- Whether everything that can be worked out tells of nobody or of many, when these wards are withheld in a
-- month. The total less the published wards tells the sum of the withheld ones; and of a count that runs
-- on (p_month given), the difference to each earlier month tells who came between.
create function app.tells_of_many(p_city_id text, p_now app.open_count[], p_hidden uuid[], p_total boolean, p_month date) returns boolean
language sql stable set search_path = '' as $$
	with hidden as (
		select count(*) as wards, sum(n.value) as value, sum(n.value - coalesce(known.reached, 0)) as step,
			case when bool_and(n.below is not null) then sum(n.below) end as below
		from unnest(p_now) n
		left join lateral (
			select c.reached from app.open_cells c
			where c.city_id = p_city_id and c.ward_id = n.ward_id and c.month < p_month and c.reached is not null
			order by c.month desc limit 1) known on true
		where n.ward_id = any (p_hidden)
	), earlier as (
		-- What everybody knows of a month before: each published ward, and the sum of the withheld ones.
		select m.month, coalesce(array_agg(c.ward_id) filter (where c.reached is null), '{}') as hidden,
			m.reached - coalesce(sum(c.reached), 0) as rest
		from app.open_months m
		join app.open_cells c on c.city_id = m.city_id and c.month = m.month and c.counted
		where m.city_id = p_city_id and m.month < p_month and m.reached is not null
		group by m.month, m.reached
	), blocks as (
		-- The least sets of several wards whose sum is known in both months.
		select e.*, p_hidden as wards from earlier e where p_total and p_hidden <> '{}' and not p_hidden && e.hidden
		union all
		select e.*, e.hidden from earlier e where e.hidden <> '{}' and not p_hidden && e.hidden
		union all
		select e.*, array(select unnest(p_hidden) union select unnest(e.hidden)) from earlier e where p_total and p_hidden && e.hidden
	), growth as (
		select b.hidden, sum(n.value) - case when b.hidden <@ b.wards then b.rest else 0 end
			- coalesce(sum(c.reached), 0) as value, cardinality(b.wards) as wards, count(n.ward_id) as now, count(c.ward_id) as before
		from blocks b
		cross join lateral unnest(b.wards) w(ward_id)
		left join unnest(p_now) n on n.ward_id = w.ward_id
		left join app.open_cells c on c.city_id = p_city_id and c.month = b.month and c.ward_id = w.ward_id
		group by b.month, b.hidden, b.rest, b.wards
	)
	select (not p_total or h.wards = 0 or (h.wards > 1 and h.step >= app.open_threshold() and not app.is_small(h.below - h.value)))
		and not exists (
			select from growth g
			-- A ward that only one of the two months had: nothing can be taken from another.
			where g.now = g.wards and g.before = g.wards and abs(g.value) < app.open_threshold()
				-- The same wards withheld, and nothing moved: nothing is told.
				and not (g.value = 0 and g.hidden <@ p_hidden and p_hidden <@ g.hidden))
		and not exists (
			-- Nor must what the withheld wards of a month have grown to since hold their sum too tightly: a
			-- count that only grows was at most what it is when it is first told.
			select from earlier e
			cross join lateral (
				select bool_and(later.reached is not null or w.ward_id <> all (p_hidden)) as told,
					bool_or(later.reached is null) as told_now, sum(coalesce(later.reached, n.value)) as value
				from unnest(e.hidden) w(ward_id)
				left join unnest(p_now) n on n.ward_id = w.ward_id
				left join lateral (
					select c.reached from app.open_cells c
					where c.city_id = p_city_id and c.ward_id = w.ward_id and c.month > e.month and c.month < p_month and c.reached is not null
					order by c.month limit 1) later on true
			) s
			where s.told and s.told_now and s.value - e.rest < app.open_threshold())
	from hidden h
$$;

-- The wards to withhold in a month, and whether the total must be, too: those with a small count, a small
-- rest or a small step since any month before, and beside them as many more as it takes. First those that
-- were withheld the month before, so that few change; then those that grew least.
create function app.to_withhold(p_city_id text, p_now app.open_count[], p_month date) returns table (ward_ids uuid[], total boolean)
language plpgsql stable set search_path = '' as $$
declare
	small constant uuid[] := array(
		select n.ward_id from unnest(p_now) n
		where app.is_small(n.value) or (n.below >= n.value and app.is_small(n.below - n.value)) or exists (
			select from app.open_cells c
			where c.city_id = p_city_id and c.ward_id = n.ward_id and c.month < p_month and app.is_small(n.value - c.reached)));
	others constant uuid[] := array(
		select n.ward_id
		from unnest(p_now) n
		left join app.open_cells last on last.city_id = p_city_id and last.ward_id = n.ward_id
			and last.month = (p_month - interval '1 month')::date
		left join lateral (
			select c.reached from app.open_cells c
			where c.city_id = p_city_id and c.ward_id = n.ward_id and c.month < p_month and c.reached is not null
			order by c.month desc limit 1) known on true
		cross join lateral (select abs(n.value - coalesce(known.reached, 0)) as value) step
		where n.ward_id <> all (small)
		order by last.ward_id is not null and last.reached is null desc, step.value = 0, step.value, n.code);
begin
	foreach total in array array[false, true] loop
		for many in 0 .. cardinality(others) loop
			ward_ids := small || others[1:many];
			if app.tells_of_many(p_city_id, p_now, ward_ids, not total, p_month) then
				return next;
				return;
			end if;
		end loop;
	end loop;
end $$;

-- Of each ward of the edition in force: what it had reached by the end of a month, and signed up in it.
create function app.ward_month(p_city_id text, p_month date)
returns table (
	ward_id uuid, code text, edition text, name text, counted boolean, households integer, households_source text,
	households_as_of date, reached bigint, signed_up bigint
)
language sql stable set search_path = '' as $$
	with places as materialized (
		select * from app.group_places(p_city_id, app.today())
	), reached as (
		select p.ward_id, sum(t.reached) as reached from app.group_month(p_city_id, p_month) t join places p using (group_id) group by 1
	), signed_up as (
		select p.ward_id, sum(s.people) as people from app.group_month_services(p_city_id, p_month) s join places p using (group_id) group by 1
	)
	select w.unit_id, k.code, k.edition, k.official_name, w.counted, d.value, d.source, d.as_of,
		coalesce(r.reached, 0), coalesce(s.people, 0)
	from app.units w
	join app.unit_codes k on k.city_id = w.city_id and k.unit_id = w.unit_id
	join app.editions e on e.edition = k.edition and e.in_force_to is null
	left join app.denominators_on(p_city_id, 'households', app.last_day_of(p_month)) d on d.unit_id = w.unit_id
	left join reached r on r.ward_id = w.unit_id
	left join signed_up s on s.ward_id = w.unit_id
	where w.city_id = p_city_id and w.level = 'ward' and w.to_day is null
$$;

-- Counts a month and keeps what may be said of it.
create function app.release_month(p_city_id text, p_month date) returns void
language plpgsql volatile set search_path = '' as $$
declare
	reached app.open_count[];
	signed_up app.open_count[];
	less_reached record;
	less_signed_up record;
begin
	select array_agg((w.ward_id, w.code, w.reached, w.households)::app.open_count),
		array_agg((w.ward_id, w.code, w.signed_up, null)::app.open_count)
	into reached, signed_up
	from app.ward_month(p_city_id, p_month) w where w.counted;
	select * into less_reached from app.to_withhold(p_city_id, coalesce(reached, '{}'), p_month);
	select * into less_signed_up from app.to_withhold(p_city_id, coalesce(signed_up, '{}'), null);
	insert into app.open_months (city_id, month, counted_on, edition, reached, signed_up)
	values (p_city_id, p_month, app.today(), (select e.edition from app.editions e where e.in_force_to is null),
		case when not less_reached.total then coalesce((select sum(n.value) from unnest(reached) n), 0) end,
		case when not less_signed_up.total then coalesce((select sum(n.value) from unnest(signed_up) n), 0) end);
	insert into app.open_cells (city_id, month, ward_id, code, name, counted, households, households_source, households_as_of, reached, signed_up)
	select p_city_id, p_month, w.ward_id, w.code, w.name, w.counted, w.households, w.households_source, w.households_as_of,
		case when w.counted and w.ward_id <> all (less_reached.ward_ids) then w.reached end,
		case when w.counted and w.ward_id <> all (less_signed_up.ward_ids) then w.signed_up end
	from app.ward_month(p_city_id, p_month) w;
end $$;

-- The months of a city that are due and not yet published: from the 6th of the next month on, so that what
-- phones held back is in; a year back at most, and none before the first work. Answers how many.
create function app.release_months(p_city_id text) returns integer
language plpgsql volatile set search_path = '' as $$
declare
	newest constant date := (date_trunc('month', app.today() - 5) - interval '1 month')::date;
	first constant date := (select date_trunc('month', min(d.day))::date from app.group_days d where d.city_id = p_city_id);
	due date := greatest(
		coalesce(first, 'infinity'),
		(newest - interval '11 months')::date,
		(select (max(m.month) + interval '1 month')::date from app.open_months m where m.city_id = p_city_id));
	released integer := 0;
begin
	-- Two servers take turns.
	perform from app.open_publishing p where p.city_id = p_city_id for update;
	while due <= newest loop
		if not exists (select from app.open_months m where m.city_id = p_city_id and m.month = due) then
			perform app.release_month(p_city_id, due);
			released := released + 1;
		end if;
		due := (due + interval '1 month')::date;
	end loop;
	return released;
end $$;

-- security definer: nobody holds a write grant on what is published.
create function app.release_open_figures() returns integer
language sql volatile security definer set search_path = '' as $$
	select coalesce(sum(app.release_months(p.city_id)), 0)::integer from app.open_publishing p
$$;

create function api.server_release_open_figures() returns jsonb
language sql volatile set search_path = '' as $$
	select jsonb_build_object('released', app.release_open_figures())
$$;

-- Whether the caller's city publishes, since when, and by whose word.
create function app.publishing(p_city_id text) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_build_object('city_id', p_city_id, 'since', (
		select p.since from app.open_publishing p where p.city_id = p_city_id))
$$;

create function app.require_publisher() returns text
language plpgsql stable set search_path = '' as $$
declare
	city constant text := app.require_session();
begin
	if not app.i_may('publish_figures') then
		raise insufficient_privilege using message = 'this role may not do this', detail = 'publish_figures';
	end if;
	return city;
end $$;

create function api.publishing() returns jsonb
language sql stable set search_path = '' as $$
	select app.publishing(app.require_publisher())
$$;

-- Switches publishing on, with the months that are due at once, or off: what was published is kept, and
-- answered to nobody. security definer: nobody holds a write grant on it.
create function app.set_publishing(p_publish boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_publisher();
	me constant uuid := (select person_id from app.live_person());
	changed integer;
begin
	perform from app.cities c where c.city_id = city for no key update;
	if p_publish then
		insert into app.open_publishing (city_id, person_id) values (city, me) on conflict do nothing;
	else
		delete from app.open_publishing p where p.city_id = city;
	end if;
	get diagnostics changed = row_count;
	if changed > 0 then
		perform app.note_act(city, me, case when p_publish then 'publish_figures' else 'withdraw_figures' end, 'city', null, null, '{}');
	end if;
	if p_publish then
		perform app.release_months(city);
	end if;
	return app.publishing(city);
end $$;

create function api.set_publishing(publish boolean) returns jsonb
language sql volatile set search_path = '' as $$
	select app.set_publishing(coalesce(publish, false))
$$;

-- A schema of its own, so that strangers have no way into the one with the tables.
create schema published;
comment on schema published is 'What strangers may ask: one function, and nothing else.';

-- The open figures of a city that publishes them, its last twelve months; without a name, those of the only
-- city that does. `figures` is null where nothing is published. A figure that is null is withheld (in a
-- ward with `counted`), or there is none.
create function published.figures(p_city_id text) returns jsonb
language sql stable security definer set search_path = '' as $$
	with cities as (
		select c.city_id, c.name, c.demo from app.open_publishing p join app.cities c on c.city_id = p.city_id
	), one as (
		select c.* from cities c where c.city_id = p_city_id or (p_city_id is null and (select count(*) from cities) = 1)
	), months as (
		select m.* from one join app.open_months m on m.city_id = one.city_id order by m.month desc limit 12
	)
	select jsonb_build_object(
		'threshold', app.open_threshold(),
		'cities', (select coalesce(jsonb_agg(jsonb_build_object('city_id', c.city_id, 'name', c.name) order by c.name), '[]') from cities c),
		'figures', (
			select jsonb_build_object(
				'city_id', one.city_id, 'city_name', one.name, 'demo', one.demo,
				'months', (
					select coalesce(jsonb_agg(jsonb_build_object(
						'month', m.month, 'counted_on', m.counted_on, 'edition', e.edition, 'edition_name', e.name, 'edition_source', e.source,
						'reached', m.reached, 'households', h.households, 'coverage', round(m.reached::numeric / h.households, 4),
						'signed_up', m.signed_up, 'wards', h.wards
					) order by m.month desc), '[]')
					from months m
					left join app.editions e on e.edition = m.edition
					cross join lateral (
						select case when bool_and(c.households is not null) filter (where c.counted) then sum(c.households) filter (where c.counted) end as households,
							jsonb_agg(jsonb_build_object(
								'ward_id', c.ward_id, 'code', c.code, 'name', c.name, 'counted', c.counted, 'households', c.households,
								'households_source', c.households_source, 'households_as_of', c.households_as_of,
								'reached', c.reached, 'coverage', round(c.reached::numeric / c.households, 4), 'signed_up', c.signed_up
							) order by c.code) as wards
						from app.open_cells c where c.city_id = m.city_id and c.month = m.month) h))
			from one))
$$;

create function api.open_figures(city_id text) returns jsonb
language sql stable set search_path = '' as $$
	select published.figures(city_id)
$$;

revoke execute on all functions in schema app, api, published from public;
grant execute on function app.publishing(text), app.require_publisher(), app.set_publishing(boolean), api.publishing(), api.set_publishing(boolean)
	to authenticated;
grant execute on function app.release_open_figures(), api.server_release_open_figures() to app_server;
-- The one thing that is open to people who have not signed in.
grant usage on schema api to anon;
grant usage on schema published to anon, authenticated, app_server;
grant execute on function published.figures(text), api.open_figures(text) to anon, authenticated, app_server;
