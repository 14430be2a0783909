-- Whom to call at a household: only what somebody there agreed to, apart from its record, and gone when
-- they take it back (docs/decisions/017-contacts.md). It travels as the field "contact" of its household;
-- the log of changes keeps that there was one, who noted it down and when, never the number.

create table app.household_contacts (
	city_id text not null,
	group_id uuid not null,
	household_id uuid not null,
	phone text not null,
	name text not null,
	consented_on date not null,
	consent_text text not null,
	recorded_by uuid not null,
	constraint household_contacts_pkey primary key (city_id, household_id),
	constraint household_contacts_household foreign key (city_id, group_id, household_id)
		references app.households (city_id, group_id, id) on update cascade on delete cascade,
	constraint household_contacts_phone_plain check (phone ~ '^0[0-9]{9,10}$'),
	constraint household_contacts_name_too_long check (char_length(name) <= 60)
);
comment on column app.household_contacts.consented_on is 'The day on which they agreed, by word of mouth and in person.';
comment on column app.household_contacts.consent_text is 'Which wording was read to them.';

create index household_contacts_by_group on app.household_contacts (city_id, group_id);

alter table app.household_contacts enable row level security;
-- Those who record there, and nobody else: no officer, and no export.
create policy "teams read the contacts of their groups" on app.household_contacts for select to authenticated
	using (city_id = (select app.my_city_id()) and group_id in (select app.my_group_ids('record')));
grant select on app.household_contacts to authenticated;
-- No insert, update or delete for anybody: a contact changes only through app.push.

-- What is wrong with a contact, as a code; null when nothing is. Without a consent there is none.
create function app.contact_problem(value jsonb) returns text
language plpgsql stable set search_path = '' as $$
begin
	return case
		when jsonb_typeof(value) <> 'object' then 'bad_value'
		when jsonb_typeof(value -> 'consented_on') is distinct from 'string' or not app.is_day(value ->> 'consented_on') then 'missing'
		when not coalesce(app.is_code(value ->> 'consent_text'), false) then 'missing'
		when (value ->> 'consented_on')::date > app.day_of(now() + interval '10 minutes') then 'date_in_future'
		when jsonb_typeof(value -> 'phone') is distinct from 'string'
			or coalesce(app.plain_phone(value ->> 'phone'), '') !~ '^0[0-9]{9,10}$' then 'bad_value'
		when jsonb_typeof(value -> 'name') is distinct from 'string' then 'bad_value'
		when char_length(value ->> 'name') > 60 then 'too_long'
		else app.private_in(value ->> 'name')
	end;
end $$;

-- Keeps the contact of a household as a change says, or empties it: when it says so, and when the
-- household goes. Answers whether there was one before.
create function app.write_contact(done app.changes, p_contact jsonb) returns boolean
language plpgsql volatile set search_path = '' as $$
declare
	before constant boolean := exists (
		select from app.household_contacts k where k.city_id = done.city_id and k.household_id = done.record_id);
begin
	if coalesce(p_contact, 'null') = 'null' then
		delete from app.household_contacts k where k.city_id = done.city_id and k.household_id = done.record_id;
		return before;
	end if;
	insert into app.household_contacts as k (city_id, group_id, household_id, phone, name, consented_on, consent_text, recorded_by)
	values (done.city_id, done.group_id, done.record_id, app.plain_phone(p_contact ->> 'phone'), btrim(p_contact ->> 'name'),
		(p_contact ->> 'consented_on')::date, p_contact ->> 'consent_text', done.author_id)
	on conflict on constraint household_contacts_pkey do update set
		phone = excluded.phone, name = excluded.name, consented_on = excluded.consented_on,
		consent_text = excluded.consent_text, recorded_by = excluded.recorded_by;
	return before;
end $$;

revoke execute on all functions in schema app from public;
