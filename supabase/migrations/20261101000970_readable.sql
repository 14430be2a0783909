-- What stands at the door can be anything: here it is read, and what cannot be read is answered.

-- Whether all changes of a list have the plainest shape there is; anything else is looked at one by
-- one. Written out, because a call per change costs more. The days after the 28th are not for a pattern.
-- An id that cannot be cast raises, which says the same.
create function app.all_well_shaped(p_changes jsonb) returns boolean
language plpgsql immutable set search_path = '' as $$
begin
	return (
	select bool_and(coalesce(
		(c ->> 'change_id')::uuid::text = c ->> 'change_id'
		and (c ->> 'record_id')::uuid::text = c ->> 'record_id'
		and (c ->> 'group_id')::uuid::text = c ->> 'group_id'
		and jsonb_typeof(c -> 'kind') = 'string'
		and jsonb_typeof(c -> 'fields') = 'object'
		and pg_column_size(c -> 'fields') <= 40000
		and not jsonb_path_exists(c -> 'fields', '$.**{100}')
		and coalesce(c ->> 'base', '0') ~ '^[0-9]{1,18}$'
		and (c ->> 'at' ~ '^20[0-9]{2}-(0[1-9]|1[0-2])-([01][1-9]|10|2[0-8])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?Z$'
			or app.is_moment(c ->> 'at')), false))
	from jsonb_array_elements(p_changes) c);
end $$;

-- The changes of a push that can be read as objects; the others answered at once. json and not
-- jsonb at the door: a \u0000 in one change must not stop its neighbours.
create function app.readable_changes(p_changes json, out changes jsonb, out verdicts jsonb)
language plpgsql immutable set search_path = '' as $$
declare
	one json;
	c jsonb;
	wrong text;
begin
	verdicts := '[]';
	begin
		changes := p_changes::jsonb;
		if app.all_well_shaped(changes) then
			return;
		end if;
	exception when data_exception or program_limit_exceeded then
		-- One of them cannot be read: which one is found below.
	end;
	changes := '[]';
	for one in select e from json_array_elements(p_changes) e loop
		begin
			c := one::jsonb;
			wrong := app.misshapen(c);
		exception when data_exception or program_limit_exceeded then
			c := jsonb_build_object('change_id', substring(one::text from '"change_id"\s*:\s*"([0-9a-fA-F-]{36})"'));
			wrong := 'fields';
		end;
		if wrong is null then
			changes := changes || c;
		else
			verdicts := verdicts || app.verdict(c ->> 'change_id', 'invalid', 'bad_change', wrong);
		end if;
	end loop;
end $$;

create function app.readable_device(p_device json) returns jsonb
language plpgsql immutable set search_path = '' as $$
begin
	return p_device::jsonb;
exception when data_exception or program_limit_exceeded then
	return '{}';
end $$;

revoke execute on all functions in schema app from public;
