-- The ladder of digital readiness of a household. What proves a rung is data; src/lib/domain/ladder.ts
-- says the same for phones, and a test holds the two together.

create table app.rungs (
	rung smallint not null,
	name text not null,
	-- The rungs that cannot be reached without it: what proves one of them proves it.
	needed_for smallint[] not null,
	constraint rungs_pkey primary key (rung)
);

-- A rung is proven by any of its ways, a way by all of its proofs together.
create table app.rung_proofs (
	rung smallint not null,
	way smallint not null,
	kind text not null,
	code text not null,
	constraint rung_proofs_pkey primary key (rung, way, kind, code),
	constraint rung_proofs_rung foreign key (rung) references app.rungs (rung),
	constraint rung_proofs_kind_known check (kind in ('answer', 'signup'))
);
comment on column app.rung_proofs.code is 'A field of the household that was answered with yes, or the service of a sign-up that succeeded.';

insert into app.rungs (rung, name, needed_for) values
	(1, 'connected', '{3,4,5}'),
	(2, 'identified', '{3,5}'),
	(3, 'online_services', '{5}'),
	(4, 'cashless', '{5}'),
	(5, 'helps_others', '{}');

insert into app.rung_proofs (rung, way, kind, code) values
	(1, 1, 'answer', 'smartphone'),
	(1, 1, 'answer', 'internet'),
	(2, 1, 'answer', 'electronic_id'),
	(2, 2, 'signup', 'vneid'),
	(3, 1, 'answer', 'online_services'),
	(3, 2, 'signup', 'dvc'),
	(4, 1, 'answer', 'digital_payment'),
	(4, 2, 'signup', 'tt_kdtm'),
	(5, 1, 'answer', 'helps_others');

alter table app.rungs enable row level security;
alter table app.rung_proofs enable row level security;
-- No policy: the figures are made by triggers, and phones bring the same definition along.

-- The results of a sign-up that prove something: there is an account.
create function app.proving_results() returns text[]
language sql immutable set search_path = '' as $$
	select array['created', 'activated', 'already_had']
$$;

-- Where households stand: the highest rung below which none is missing, and the day from which each
-- rung is proven (null: it is not). What was merged into a household speaks for it too; of two answers
-- the later one stands. A "no" takes back the sign-ups of its rung from before that day.
create function app.ladder(p_city_id text, p_household_ids uuid[])
returns table (household_id uuid, rung smallint, proven_on date[])
language sql stable set search_path = '' as $$
	with members as (
		select h.id as home, m.id, m.said_on, to_jsonb(m) as said
		from unnest(p_household_ids) asked(id)
		join app.households h on h.city_id = p_city_id and h.id = asked.id
		cross join lateral app.merged(p_city_id, h.id) one
		join app.households m on m.city_id = p_city_id and m.id = one.id
	), answers as (
		select distinct on (m.home, s.key) m.home, s.key as code, (m.said ->> s.key)::boolean as yes, s.value::date as day
		from members m
		cross join lateral jsonb_each_text(m.said_on) s
		where s.key in (select p.code from app.rung_proofs p where p.kind = 'answer')
		order by m.home, s.key, s.value desc, m.id <> m.home, m.id
	), denied as (
		select a.home, p.rung, max(a.day) as day
		from answers a join app.rung_proofs p on p.kind = 'answer' and p.code = a.code
		where not a.yes group by 1, 2
	), met as (
		select a.home, p.rung, p.way, p.code, a.day
		from answers a join app.rung_proofs p on p.kind = 'answer' and p.code = a.code
		where a.yes
		union all
		select m.home, p.rung, p.way, p.code, min(s.day)
		from members m
		join app.signups s on s.city_id = p_city_id and s.household_id = m.id and not s.discarded
			and s.result = any (app.proving_results())
		join app.rung_proofs p on p.kind = 'signup' and p.code = s.service
		left join denied d on d.home = m.home and d.rung = p.rung
		where d.day is null or s.day >= d.day
		group by 1, 2, 3, 4
	), ways as (
		select m.home, m.rung, m.way, max(m.day) as day from met m
		group by 1, 2, 3
		having count(*) = (select count(*) from app.rung_proofs p where p.rung = m.rung and p.way = m.way)
	), proven as (
		select w.home, r.rung, min(w.day) as day
		from ways w join app.rungs r on w.rung = r.rung or w.rung = any (r.needed_for)
		group by 1, 2
	)
	select asked.id,
		(coalesce(
			(select min(r.rung) from app.rungs r where not exists (select from proven p where p.home = asked.id and p.rung = r.rung)),
			(select max(r.rung) + 1 from app.rungs r)) - 1)::smallint,
		case when exists (select from proven p where p.home = asked.id)
			then array(select p.day from app.rungs r left join proven p on p.home = asked.id and p.rung = r.rung order by r.rung)
			else '{}' end
	from unnest(p_household_ids) asked(id)
$$;

-- Keeps where households stand, after a change of their answers or sign-ups. A household that was
-- merged into another stands where that one does, and only there.
create function app.keep_rungs(p_city_id text, p_household_ids uuid[]) returns void
language plpgsql volatile set search_path = '' as $$
begin
	insert into app.household_progress as was (city_id, household_id, group_id, rung, proven_on)
	select p_city_id, l.household_id, h.group_id, l.rung, l.proven_on
	from app.ladder(p_city_id, app.with_homes(p_city_id, p_household_ids)) l
	join app.households h on h.city_id = p_city_id and h.id = l.household_id
	left join app.household_progress p on p.city_id = p_city_id and p.household_id = l.household_id
	where coalesce(p.proven_on, '{}') <> l.proven_on
	on conflict (city_id, household_id) do update set rung = excluded.rung, proven_on = excluded.proven_on;
end $$;

revoke execute on all functions in schema app from public;
