-- What a change must be before it is applied: readable, with values that fit, and the sender's to say. Every
-- refusal has a code and, where there is one, a field.

-- A change whose shape cannot be read at all, as the name of what is wrong; null when it can.
create function app.misshapen(c jsonb) returns text
language sql immutable set search_path = '' as $$
	select case
		when jsonb_typeof(c) <> 'object' then 'change'
		when app.uuid_or_null(c ->> 'change_id') is null then 'change_id'
		when app.uuid_or_null(c ->> 'record_id') is null then 'record_id'
		when app.uuid_or_null(c ->> 'group_id') is null then 'group_id'
		when jsonb_typeof(c -> 'kind') is distinct from 'string' then 'kind'
		when jsonb_typeof(c -> 'fields') is distinct from 'object' then 'fields'
		when pg_column_size(c -> 'fields') > 40000 then 'fields'
		when jsonb_path_exists(c -> 'fields', '$.**{100}') then 'fields'
		when coalesce(c ->> 'base', '0') !~ '^[0-9]{1,18}$' then 'base'
		when not app.is_moment(c ->> 'at') then 'at'
	end
$$;

-- What is wrong with a value of this type, as a code; null when nothing is. A null is judged by the
-- caller, who knows whether the field may be empty.
create function app.value_problem(type text, value jsonb) returns text
language sql stable set search_path = '' as $$
	select case type
		when 'text' then case when jsonb_typeof(value) <> 'string' then 'bad_value' end
		when 'flag' then case when jsonb_typeof(value) <> 'boolean' then 'bad_value' end
		when 'id' then case when jsonb_typeof(value) <> 'string' or app.uuid_or_null(value #>> '{}') is null then 'bad_value' end
		when 'day' then case when jsonb_typeof(value) <> 'string' or not app.is_day(value #>> '{}') then 'bad_value' end
		when 'code' then case
			when jsonb_typeof(value) <> 'string' or not (app.is_code(value #>> '{}') or value #>> '{}' = '') then 'bad_value' end
		when 'count' then case
			when jsonb_typeof(value) <> 'number' or value::text ~ '[.eE]' then 'bad_value'
			when value::text !~ '^-?[0-9]{1,4}$' then 'out_of_range' end
		when 'codes' then case
			when jsonb_typeof(value) <> 'array' then 'bad_value'
			when jsonb_array_length(value) > 40 then 'out_of_range'
			when exists (
				select from jsonb_array_elements(value) e
				where jsonb_typeof(e) <> 'string' or not app.is_code(e #>> '{}')) then 'bad_value' end
		when 'ids' then case
			when jsonb_typeof(value) <> 'array' then 'bad_value'
			when jsonb_array_length(value) > 500 then 'out_of_range'
			when exists (
				select from jsonb_array_elements(value) e
				where jsonb_typeof(e) <> 'string' or app.uuid_or_null(e #>> '{}') is null) then 'bad_value' end
		when 'counts' then case when jsonb_typeof(value) <> 'object' then 'bad_value' end
		when 'contact' then app.contact_problem(value)
	end
$$;

-- Refuses the first known field whose value does not fit. An empty code counts as missing where a
-- new record has none.
create function app.check_values(p_kind text, p_fields jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
	wrong record;
begin
	select * into wrong from (
		select f.field, case
				when jsonb_typeof(s.value) = 'null' then case when f.initial is not null then 'missing' end
				when f.type = 'code' and f.initial is null and s.value = '""' then 'missing'
				else app.value_problem(f.type, s.value)
			end as code
		from jsonb_each(p_fields) s
		join app.record_fields f on f.kind = p_kind and f.field = s.key
	) judged
	where judged.code is not null
	order by judged.field
	limit 1;
	if wrong.code is not null then
		perform app.invalid(wrong.code, wrong.field);
	end if;
	if p_fields ? 'discarded' and jsonb_typeof(p_fields -> 'discarded') <> 'boolean' then
		perform app.invalid('bad_value', 'discarded');
	end if;
end $$;

-- A day that cannot be: ahead of today (a phone may be some minutes ahead at midnight), or older
-- than the 400 days a phone could have been away.
create function app.check_day(p_day date) returns void
language plpgsql stable set search_path = '' as $$
begin
	if p_day > app.day_of(now() + interval '10 minutes') then
		perform app.invalid('date_in_future', 'day');
	elsif p_day < app.today() - 400 then
		perform app.invalid('date_too_old', 'day');
	end if;
end $$;

create function app.check_household(p_city_id text, p_group_id uuid, p_household_id uuid, p_field text default 'household_id') returns void
language plpgsql stable set search_path = '' as $$
declare
	its_group uuid;
begin
	select h.group_id into its_group from app.households h where h.city_id = p_city_id and h.id = p_household_id;
	if its_group is null then
		perform app.invalid('unknown_household', p_field);
	elsif its_group <> p_group_id then
		perform app.invalid('household_of_another_group', p_field);
	end if;
end $$;

-- A household that turns out to be another one: that one is here, stands for itself, and this one
-- stands for no third. So nobody ever has to follow a chain, and no two can be each other.
create function app.check_merge(d app.changes, p_merged_into uuid) returns void
language plpgsql stable set search_path = '' as $$
begin
	perform app.check_household(d.city_id, d.group_id, p_merged_into, 'merged_into');
	if p_merged_into = d.record_id or app.has_merged(d.city_id, d.record_id) or exists (
		select from app.households h
		where h.city_id = d.city_id and h.id = p_merged_into and (h.merged_into is not null or h.discarded)) then
		perform app.invalid('household_merged', 'merged_into');
	end if;
end $$;

-- Whether households were merged into this one, and not discarded since: it must not go, or they
-- would go with it.
create function app.has_merged(p_city_id text, p_household_id uuid) returns boolean
language sql stable set search_path = '' as $$
	select exists (
		select from app.households h where h.city_id = p_city_id and h.merged_into = p_household_id and not h.discarded)
$$;

-- Refuses fields that are not everybody's to set, unless they stay as they are.
create function app.check_verbs(d app.changes, p_was jsonb, p_known jsonb) returns void
language plpgsql stable set search_path = '' as $$
declare
	asked record;
	held datemultirange;
begin
	select f.field, f.verb into asked from app.record_fields f
	where f.kind = d.kind and f.verb is not null and p_known ? f.field
		and p_known -> f.field <> coalesce(p_was -> f.field, 'null')
	order by f.field limit 1;
	if asked.verb is null and p_known ? 'discarded' then
		-- What nobody without the verb could write, nobody without it takes back.
		select 'discarded' as field, min(f.verb) as verb into asked from app.record_fields f
		where f.kind = d.kind having bool_and(f.verb is not null);
	end if;
	if asked.verb is null then
		return;
	end if;
	-- Work of a day on which the right was held is taken late, as everywhere.
	held := app.days_held(d.city_id, d.author_id, asked.verb, d.group_id);
	if not (held @> app.today() or held @> app.day_of(d.at)) then
		perform app.invalid('not_yours_to_arrange', asked.field);
	end if;
end $$;

-- Of the households that took part, those that are not of another group, each once. One that has moved on
-- meanwhile must not cost the others their training, nor one team mark the households of another. One
-- that is not known may still come from the phone that wrote it down, and counts from then on.
create function app.own_households(p_city_id text, p_group_id uuid, p_ids jsonb) returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(jsonb_agg(s.id order by s.n), '[]')
	from (select i.id::uuid as id, min(i.n) as n from jsonb_array_elements_text(p_ids) with ordinality i(id, n) group by 1) s
	left join app.households h on h.city_id = p_city_id and h.id = s.id
	where h.id is null or h.group_id = p_group_id
$$;

-- What a change says besides the fields of its record: why, and that somebody has looked.
create function app.check_reason(p_reason jsonb, p_looked jsonb) returns void
language plpgsql stable set search_path = '' as $$
begin
	if jsonb_typeof(p_reason) not in ('string', 'null') then
		perform app.invalid('bad_value', 'reason');
	elsif char_length(p_reason #>> '{}') > 200 then
		perform app.invalid('too_long', 'reason');
	elsif app.private_in(p_reason #>> '{}') is not null then
		perform app.invalid(app.private_in(p_reason #>> '{}'), 'reason');
	elsif p_looked is distinct from 'true' and p_looked is not null then
		perform app.invalid('bad_value', 'looked');
	end if;
end $$;

-- A correction of what was done says why, as the sheet that corrects asks: figures have been read since. (An
-- undo takes the whole record back, and says so.) What stays as it is was not corrected.
create function app.check_correction(d app.changes, p_was jsonb, p_known jsonb) returns void
language plpgsql stable set search_path = '' as $$
begin
	if d.kind in ('visit', 'signup', 'training') and btrim(coalesce(d.fields ->> 'reason', '')) = '' and exists (
		select from jsonb_each(p_known) k where p_was ? k.key and p_was -> k.key <> k.value) then
		perform app.invalid('missing', 'reason');
	end if;
end $$;

revoke execute on all functions in schema app from public;
