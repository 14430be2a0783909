-- The first administrator: by a one-time code that whoever owns the database is told at set-up, and
-- once more when the last administrator has lost their password. Granted to nobody.

create function app.first_administrator(p_city_id text, p_again boolean) returns text
language plpgsql volatile set search_path = '' as $$
declare
	day constant date := app.today();
	m app.memberships;
	person constant uuid := gen_random_uuid();
begin
	select * into m from app.memberships x
	where x.city_id = p_city_id and x.role = 'administrator' and x.from_day <= day and x.to_day > day
	order by x.from_day, x.membership_id limit 1;
	if m.membership_id is null then
		insert into app.people (city_id, person_id, name) values (p_city_id, person, 'Quản trị');
		insert into app.memberships (city_id, membership_id, person_id, role, unit_id, from_day)
		select p_city_id, gen_random_uuid(), person, 'administrator', u.unit_id, day
		from app.units u
		where u.city_id = p_city_id and u.level = 'city' and coalesce(u.to_day, 'infinity') > day
		order by u.from_day nulls first limit 1
		returning * into m;
		perform app.note_act(p_city_id, null, 'add_person', 'person', person, null, array['name']);
		perform app.note_act(p_city_id, null, 'add_membership', 'membership', m.membership_id, m.unit_id, array['person_id', 'role']);
	elsif not p_again and exists (select from app.credentials c where c.city_id = p_city_id and c.person_id = m.person_id) then
		return null;
	end if;
	return app.new_invitation(m, 'password', true, null);
end $$;

revoke execute on all functions in schema app from public;
