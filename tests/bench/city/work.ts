import { FULL_CITY, idSql } from '../full_city';

/** Households and years are those of a large city; how much is written of them is asked for. */
export const RECORDS = Number(process.env.CITY_RECORDS ?? 10_000_000);

const { groups, households } = FULL_CITY;
const DAYS = 3 * 365;
const TRAININGS = 36;
const REQUESTS = 30;
const SIGNUPS = Math.floor(RECORDS / 5 / groups);
const VISITS = Math.floor((RECORDS - households) / groups) - SIGNUPS - TRAININGS - REQUESTS;
if (VISITS < 1) throw new Error('CITY_RECORDS is too small for 400,000 households');

/** Groups are worked on in this many parts, so that several connections and a second run can share. */
export const PARTS = 24;

const SERVICES = `'{vneid,dvc,ngan_hang,danang_smart_city,cong_dan_so,hssk,tt_kdtm,san_tmdt}'::text[]`;
const BEGAN = `(app.today() - ${DAYS + 1})`;

/** The groups of a part, each with its leader and the ids of its households. */
const groupsOf = (part: number) => `
	places as materialized (
		select n, ${idSql(`'group ' || n`)} as group_id, ${idSql(`'person ' || n`)} as author_id,
			array(select h.id from app.households h where h.city_id = 'day-du' and h.group_id = ${idSql(`'group ' || n`)} order by h.seq) as homes
		from generate_series(${part}, ${groups - 1}, ${PARTS}) n
	)`;

/**
 * So many records of each group, spread evenly over three years: `dice` is a number that is the same in
 * every run, \`at\` the time of writing, \`id\` a version 7 of it, \`day\` its day.
 */
const rows = (kind: string, many: number) => `
	written as (
		select p.*, r.*, (lpad(to_hex((extract(epoch from r.at) * 1000)::bigint), 12, '0') || '7'
			|| substr(md5('${kind}' || p.n || ' ' || r.j), 14, 19))::uuid as id
		from places p
		cross join lateral (
			select j, (hashint4(p.n * 4001 + j)::bigint & 2147483647) as dice, ${BEGAN} + j * ${DAYS} / ${many} as day,
				(${BEGAN} + j * ${DAYS} / ${many})::timestamp at time zone 'UTC' + (1 + p.n % 11) * interval '1 hour' + j % 60 * interval '1 minute' as at
			from generate_series(0, ${many - 1}) j
		) r
	)`;

/** The change that each record came by, as the log of its group keeps it. */
const logged = (kind: string, fields: string) => `
	insert into app.changes (city_id, change_id, group_id, seq, kind, record_id, author_id, fields, at, received_at, verdict)
	select 'day-du', gen_random_uuid(), d.group_id, d.seq, '${kind}', d.id, d.author_id, ${fields}, d.recorded_at, d.recorded_at, 'applied'
	from done d`;

const HOMES_OF_GROUP = Math.ceil(households / groups);
const seqAfter = (...many: number[]) =>
	`${[HOMES_OF_GROUP, ...many].reduce((sum, one) => sum + one, 0)} + j + 1`;

/** Households come first; what is known of them was said in the first year. */
export const householdsOf = (part: number) => `
	with done as (
		insert into app.households (city_id, id, group_id, seq, author_id, recorded_at, label, adults,
			smartphone, internet, electronic_id, online_services, digital_payment, said_on)
		select 'day-du', ${idSql(`'household ' || h.n`)}, ${idSql(`'group ' || h.n % ${groups}`)}, h.n / ${groups} + 1,
			${idSql(`'person ' || h.n % ${groups}`)}, h.day::timestamp at time zone 'UTC', 'Nhà bịa số ' || h.n, 1 + h.n % 5,
			dice % 10 < 8, dice % 10 < 7, dice % 7 < 4, dice % 11 < 4, dice % 13 < 4,
			jsonb_build_object('smartphone', h.day, 'internet', h.day, 'electronic_id', h.day, 'online_services', h.day, 'digital_payment', h.day)
		from (
			select g + ${groups} * k as n, hashint4(g + ${groups} * k)::bigint & 2147483647 as dice, ${BEGAN} + (g + k) % 300 as day
			from generate_series(${part}, ${groups - 1}, ${PARTS}) g, generate_series(0, ${HOMES_OF_GROUP - 1}) k
			where g + ${groups} * k < ${households}
		) h
		returning *
	)
	${logged('household', `jsonb_build_object('label', d.label, 'adults', d.adults, 'smartphone', d.smartphone, 'internet', d.internet)`)}`;

export const visitsOf = (part: number) => `
	with ${groupsOf(part)}, ${rows('visit', VISITS)}, done as (
		insert into app.visits (city_id, id, group_id, seq, author_id, recorded_at, household_id, day, place, topics, outcome, people_helped, people_by_group)
		select 'day-du', id, group_id, ${seqAfter()}, author_id, at, homes[1 + dice % cardinality(homes)], day, 'home',
			array[(${SERVICES})[1 + dice % 8]], case when dice % 10 < 7 then 'helped' when dice % 10 < 8 then 'come_back' else 'not_home' end,
			case when dice % 10 < 7 then 1 + dice % 3 else 0 end, case when dice % 40 < 7 then '{"elderly": 1}' else '{}' end::jsonb
		from written
		returning *
	)
	${logged('visit', `jsonb_build_object('household_id', d.household_id, 'day', d.day, 'place', d.place, 'topics', d.topics, 'outcome', d.outcome, 'people_helped', d.people_helped)`)}`;

export const signupsOf = (part: number) => `
	with ${groupsOf(part)}, ${rows('signup', SIGNUPS)}, done as (
		insert into app.signups (city_id, id, group_id, seq, author_id, recorded_at, household_id, day, service, result, people)
		select 'day-du', id, group_id, ${seqAfter(VISITS)}, author_id, at, homes[1 + dice % cardinality(homes)], day, (${SERVICES})[1 + dice % 8],
			(array['created', 'created', 'created', 'activated', 'already_had', 'refused'])[1 + dice / 8 % 6], 1 + dice % 2
		from written
		returning *
	)
	${logged('signup', `jsonb_build_object('household_id', d.household_id, 'day', d.day, 'service', d.service, 'result', d.result, 'people', d.people)`)}`;

export const trainingsOf = (part: number) => `
	with ${groupsOf(part)}, ${rows('training', TRAININGS)}, done as (
		insert into app.trainings (city_id, id, group_id, seq, author_id, recorded_at, day, topics, place, headcount, people_by_group, household_ids)
		select 'day-du', id, group_id, ${seqAfter(VISITS, SIGNUPS)}, author_id, at, day, '{an_toan}', 'community_house', 12 + dice % 20,
			'{"elderly": 5}', homes[1 + dice % 90 : 6 + dice % 90]
		from written
		returning *
	)
	${logged('training', `jsonb_build_object('day', d.day, 'topics', d.topics, 'headcount', d.headcount, 'household_ids', d.household_ids)`)}`;

export const requestsOf = (part: number) => `
	with ${groupsOf(part)}, ${rows('request', REQUESTS)}, done as (
		insert into app.requests (city_id, id, group_id, seq, author_id, recorded_at, label, topic, asked_on, source, consent, taken_by, taken_on, ended_as, ended_on)
		select 'day-du', id, group_id, ${seqAfter(VISITS, SIGNUPS, TRAININGS)}, author_id, at,
			case when j < ${REQUESTS - 4} then '' else 'Quán bịa số ' || j end, 'vneid', day, 'poster', 'form_1',
			case when j < ${REQUESTS - 2} then author_id end, case when j < ${REQUESTS - 2} then day + 1 end,
			case when j >= ${REQUESTS - 2} then '' when dice % 5 = 0 then 'not_found' else 'done' end,
			case when j < ${REQUESTS - 2} then day + 2 end
		from written
		returning *
	)
	${logged('request', `jsonb_build_object('asked_on', d.asked_on, 'topic', d.topic, 'source', d.source)`)}`;

/** What the parts cannot say alone: the heads of the logs, a phone for everybody, a plan of the city. */
export const AROUND = `
	update app.group_logs l set last_seq = c.seq, last_change_id = c.change_id
	from (
		select distinct on (c.group_id) c.group_id, c.seq, c.change_id from app.changes c
		where c.city_id = 'day-du' order by c.group_id, c.seq desc
	) c
	where l.city_id = 'day-du' and l.group_id = c.group_id;
	insert into app.devices (city_id, device_id, person_id, last_contact, app_version, waiting)
	select 'day-du', p.person_id, p.person_id, now() - (hashint4(row_number() over ()::integer)::bigint & 1023) * interval '1 hour', '0.1.0', 0
	from app.people p join app.memberships m on m.city_id = p.city_id and m.person_id = p.person_id and m.team_id is not null
	on conflict do nothing;
	insert into app.denominators (city_id, unit_id, measure, as_of, value, source)
	select 'day-du', p.parent_id, d.measure, d.as_of, sum(d.value), d.source
	from app.denominators d join app.unit_parents p on p.city_id = d.city_id and p.unit_id = d.unit_id
	where d.city_id = 'day-du' group by 2, 3, 4, 6
	on conflict do nothing;
	insert into app.plans (city_id, plan_id, kind, name, authority, from_year, to_year)
	values ('day-du', ${idSql(`'plan'`)}, 'plan', 'Kế hoạch bịa', 'bịa để đo', extract(year from app.today()), extract(year from app.today()))
	on conflict do nothing;
	insert into app.indicators (city_id, indicator_id, vi, en, unit, measure, denominator_measure, numerator)
	select 'day-du', ${idSql(`'indicator ' || m.measure`)}, m.measure, m.measure, 'households', m.measure, 'households', 'counted'
	from unnest(array['households_reached', 'visits', 'people_helped', 'trainings', 'attendance', 'households_learned', 'requests_opened',
		'requests_done', 'members', 'wards_with_team', 'signups_vneid', 'signups_dvc', 'signups_ngan_hang', 'signups_hssk', 'signups_tt_kdtm',
		'fact_smartphone', 'fact_internet', 'fact_services_and_payment']) m(measure)
	on conflict do nothing;
	insert into app.plan_lines (city_id, line_id, plan_id, kind, position, indicator_id)
	select 'day-du', i.indicator_id, ${idSql(`'plan'`)}, 'indicator', row_number() over (order by i.vi), i.indicator_id
	from app.indicators i where i.city_id = 'day-du'
	on conflict do nothing;
	insert into app.targets (city_id, target_id, indicator_id, plan_id, level, unit_id, year, value, source)
	select 'day-du', md5(i.indicator_id::text || u.unit_id)::uuid, i.indicator_id, ${idSql(`'plan'`)}, u.level, u.unit_id,
		extract(year from app.today()), 1000, 'bịa để đo'
	from app.indicators i join app.units u on u.city_id = i.city_id and u.level in ('city', 'ward')
	where i.city_id = 'day-du'
	on conflict do nothing;`;

export const totalsOf = (part: number) => `
	select app.rewrite_totals('day-du', ${idSql(`'group ' || n`)}) from generate_series(${part}, ${groups - 1}, ${PARTS}) n`;
