-- Schemas by audience, the roles that may knock, and the small words every later file uses.

create schema app;
create schema api;

comment on schema app is 'Tables and inner functions. Never exposed.';
comment on schema api is 'The only exposed schema: functions, called by name with named arguments.';

-- Supabase brings three of these; a plain PostgreSQL gets them here. None can log in except
-- authenticator, whose password the operator sets.
do $$
begin
	if not exists (select from pg_roles where rolname = 'anon') then
		create role anon nologin noinherit;
	end if;
	if not exists (select from pg_roles where rolname = 'authenticated') then
		create role authenticated nologin noinherit;
	end if;
	if not exists (select from pg_roles where rolname = 'authenticator') then
		create role authenticator login noinherit;
		grant anon, authenticated to authenticator;
	end if;
	if not exists (select from pg_roles where rolname = 'app_server') then
		create role app_server nologin noinherit;
	end if;
	grant app_server to authenticator;
	-- Our answers come out of a few wide statements over few rows. The planner takes those for work worth
	-- compiling: a pull of 1,000 records took 6 ms, and 60 more to be compiled, at every call.
	alter role authenticator set jit = off;
end $$;

comment on role app_server is 'The web server''s own calls: sessions, people by id, health. Sees no record.';

grant usage on schema app, api to authenticated, app_server;
-- anon gets no usage yet: nothing is open to people who have not signed in.

create table app.cities (
	city_id text not null,
	name text not null,
	demo boolean not null default false,
	team_name text not null default 'Tổ công nghệ số cộng đồng',
	units_version integer not null default 0,
	constraint cities_pkey primary key (city_id),
	constraint cities_id_is_slug check (city_id ~ '^[a-z][a-z0-9-]{1,30}$'),
	constraint cities_team_name_present check (team_name <> '' and length(team_name) <= 80)
);
alter table app.cities enable row level security;
grant select on app.cities to authenticated, app_server;

comment on column app.cities.team_name is 'What the city calls its teams, as its screens and papers say it.';
comment on column app.cities.units_version is 'Goes up with every import that changes units: what was checked against an older list is refused.';
comment on column app.cities.demo is 'People, households and figures are invented. A server on a real database refuses to start with it.';

-- Who is asking, as the token says. Never trusted for scope: see app.live_person().
create function app.claims() returns jsonb
language sql stable set search_path = '' as $$
	select coalesce(nullif(current_setting('request.jwt.claims', true), '')::jsonb, '{}'::jsonb)
$$;

create function app.uuid_or_null(value text) returns uuid
language sql immutable set search_path = '' as $$
	select case
		when value ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then value::uuid
	end
$$;

-- Việt Nam has one zone and no summer time, so the local day is plain arithmetic.
create function app.day_of(moment timestamptz) returns date
language sql immutable set search_path = '' as $$
	select (moment at time zone 'UTC' + interval '7 hours')::date
$$;

create function app.today() returns date
language sql stable set search_path = '' as $$
	select app.day_of(now())
$$;

-- Whether a text is a day that the calendar has, YYYY-MM-DD. Words like "infinity" are none.
create function app.is_day(value text) returns boolean
language sql immutable set search_path = '' as $$
	select case when value ~ '^(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$' then
		right(value, 2)::integer <= extract(day from
			make_date(left(value, 4)::integer, substr(value, 6, 2)::integer, 1) + interval '1 month - 1 day')
	else false end
$$;

-- Whether a text is a moment as phones write it, ISO in UTC.
create function app.is_moment(value text) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(app.is_day(left(value, 10))
		and substr(value, 11) ~ '^T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,6})?Z$', false)
$$;

-- Whether a text is a code of a catalogue: a known one, or one of a newer app.
create function app.is_code(value text) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(value ~ '^[a-z][a-z0-9_]{0,39}$' and value !~ '[0-9]{12}', false)
$$;

-- The same folding as src/lib/domain/text.ts: marks off, đ to d, lower case.
create function app.fold(value text) returns text
language sql immutable set search_path = '' as $$
	select lower(translate(
		regexp_replace(normalize(value, NFD), U&'[\0300-\036F]', '', 'g'),
		'ĐđÐð', 'dddd'
	))
$$;

-- A text as it is read: wide digits and odd spaces plain (NFKC), digits of other scripts as ours, and nothing
-- that is not seen. The same as src/lib/domain/checks/note.ts. plpgsql, because rules of tables call it often.
create function app.plain_text(value text) returns text
language plpgsql immutable set search_path = '' as $$
begin
	return translate(
		regexp_replace(normalize(value, NFKC), U&'[\00AD\0300-\036F\061C\115F\1160\180E\200B-\200F\202A-\202E\2060-\206F'
			|| U&'\20D0-\20FF\FE00-\FE0F\FEFF\FFF9-\FFFB\+0E0000-\+0E007F]', '', 'g'),
		U&'\0660\0661\0662\0663\0664\0665\0666\0667\0668\0669'
			|| U&'\06F0\06F1\06F2\06F3\06F4\06F5\06F6\06F7\06F8\06F9'
			|| U&'\0966\0967\0968\0969\096A\096B\096C\096D\096E\096F'
			|| U&'\09E6\09E7\09E8\09E9\09EA\09EB\09EC\09ED\09EE\09EF'
			|| U&'\0E50\0E51\0E52\0E53\0E54\0E55\0E56\0E57\0E58\0E59'
			|| U&'\0ED0\0ED1\0ED2\0ED3\0ED4\0ED5\0ED6\0ED7\0ED8\0ED9'
			|| U&'\1040\1041\1042\1043\1044\1045\1046\1047\1048\1049'
			|| U&'\17E0\17E1\17E2\17E3\17E4\17E5\17E6\17E7\17E8\17E9'
			|| U&'\AA50\AA51\AA52\AA53\AA54\AA55\AA56\AA57\AA58\AA59',
		repeat('0123456789', 9));
end $$;

-- A text must not hold a personal identity number: 12 digits, however they are spaced or how wide
-- they are. The same pattern as src/lib/domain/checks/note.ts, where it says why commas and slashes count less.
create function app.holds_id_number(value text) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(app.plain_text(value) ~ (U&'([0-9][ \0009\000A\000D.\00B7\2010-\2015\2022\2212-]{0,3}){11}[0-9]'
		|| U&'|(^|[^0-9])(?=0([,/_\2044\2215]?[0-9]){11}([^0-9]|$))0[0-9]{2,5}[,/_\2044\2215]'), false)
$$;

-- What else a text must not hold, as one code; the same patterns as src/lib/domain/checks/note.ts. A
-- card: thirteen digits or more. A one-time code: digits beside a word that announces one, save a year.
create function app.holds_card_number(value text) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(app.plain_text(value) ~ U&'([0-9][ \0009\000A\000D.\00B7\2010-\2015\2022\2212-]{0,3}){12}[0-9]', false)
$$;

create function app.holds_email(value text) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(strpos(value, '@') > 0 or strpos(value, U&'\FF20') > 0 or strpos(value, U&'\FE6B') > 0, false)
		and app.fold(app.plain_text(value)) ~ '[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}'
$$;

create function app.holds_one_time_code(value text) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(app.fold(app.plain_text(value)) ~ (
		'(^|[^a-z])(otp|pin|ma xac thuc|ma xac nhan|ma xac minh|mat khau|password)[^0-9a-z]{0,4}((la|cua|co|so|moi|cu|:|=)[^0-9a-z]{1,4}){0,3}'
		|| '((?!(19|20)[0-9]{2}([^0-9]|$))[0-9]{4}|[0-9]{5,8}|[0-9]{3} [0-9]{3})([^0-9]|$)'
		|| '|(^|[^0-9])((?!(19|20)[0-9]{2}([^0-9]|$))[0-9]{4}|[0-9]{5,8}|[0-9]{3} [0-9]{3})[^0-9a-z]{1,4}(la|=)[^0-9a-z]{1,4}(ma )?'
		|| '(otp|pin|ma xac thuc|ma xac nhan|ma xac minh|mat khau|password)([^a-z]|$)'
		|| '|(^|[^a-z])(otp|pin|ma xac thuc|ma xac nhan|ma xac minh|mat khau|password)( [a-z]+){0,2} ?([:=]| la ) ?'
		|| U&'([0-9]{4}([^0-9]|$)|(?![0-9]{1,2}h)(?=[^ \000A\0009\000D]*[a-z])(?=[^ \000A\0009\000D]*[0-9])[^ \000A\0009\000D]{4})'
		|| '|(^|[^a-z])ma( so)?( la)?[^0-9a-z]{1,4}([0-9]{6,8}|[0-9]{3} [0-9]{3})([^0-9]|$)'), false)
$$;

-- A telephone number of Việt Nam: it stands with a consent among the contacts, and in no label.
create function app.holds_phone_number(value text) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(app.plain_text(value) ~ (U&'(^|[^0-9])(?![0-9]{2}[.-][0-9]{2}[.-](19|20)[0-9]{2})(\005C+?84[ .()\00B7\2010-\2015\2212-]{0,3}0?|0)'
		|| U&'[ .()\00B7\2010-\2015\2212-]{0,3}[235789]([ .()\00B7\2010-\2015\2212-]{0,3}[0-9]){8,9}([^0-9]|$)'), false)
$$;

-- Whether a text turns how it is read: a label must look on every phone as it was written.
create function app.turns_around(value text) returns boolean
language sql immutable set search_path = '' as $$
	select coalesce(value ~ U&'[\061C\200E\200F\202A-\202E\2066-\2069]', false)
$$;

-- Null where a text holds nothing that must not be kept. Constraints and not this stand on the tables,
-- so that a rule that is broken has a name.
create function app.private_in(value text) returns text
language sql immutable set search_path = '' as $$
	select case
		when app.holds_card_number(value) then 'card_number_in_note'
		when app.holds_id_number(value) then 'id_number_in_note'
		when app.holds_email(value) then 'email_in_note'
		when app.holds_one_time_code(value) then 'otp_in_note'
	end
$$;

-- A rule that no constraint can carry speaks like one: caught by app.push, turned into a verdict.
create function app.invalid(code text, field text) returns void
language plpgsql volatile set search_path = '' as $$
begin
	raise exception using errcode = 'TN001', message = code, column = field;
end $$;

revoke execute on all functions in schema app from public;
grant execute on function app.claims(), app.uuid_or_null(text), app.day_of(timestamptz), app.today(), app.fold(text),
	app.is_day(text)
	to authenticated, app_server;
