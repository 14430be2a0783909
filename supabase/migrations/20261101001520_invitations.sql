-- Invitations: the one way in. A code is good once and for 72 hours; the database knows its hash alone,
-- and tells the code itself only in the answer to whoever made it.

create table app.invitations (
	city_id text not null,
	invitation_id uuid not null,
	membership_id uuid not null,
	person_id uuid not null,
	kind text not null,
	code_hash text not null,
	replaces boolean not null,
	invited_by uuid,
	created_at timestamptz not null default now(),
	expires_at timestamptz not null default now() + interval '72 hours',
	used_at timestamptz,
	used_by text,
	withdrawn_at timestamptz,
	constraint invitations_pkey primary key (city_id, invitation_id),
	constraint invitations_membership foreign key (city_id, membership_id) references app.memberships (city_id, membership_id),
	constraint invitations_person foreign key (city_id, person_id) references app.people (city_id, person_id),
	constraint invitations_code_unique unique (code_hash),
	constraint invitations_code_is_sha256 check (code_hash ~ '^[0-9a-f]{64}$'),
	constraint invitations_kind_known check (kind in ('device', 'password'))
);
create index invitations_open on app.invitations (city_id, person_id) where used_at is null and withdrawn_at is null;

comment on column app.invitations.replaces is 'Whoever uses it ends the person''s other phones: a new phone for an old or lost one.';
comment on column app.invitations.used_by is 'Hash of what the winning phone made up, so that it may ask again when the answer got lost.';
comment on column app.invitations.invited_by is 'Null: the first administrator, by whoever sets the city up.';

alter table app.invitations enable row level security;
-- No grant and no policy: written and read by the functions below.

-- 26 letters of 5 bits: 130 bits, from 244 random ones. The letters are Crockford's: no I, L, O, U.
create function app.new_code() returns text
language sql volatile set search_path = '' as $$
	select string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ', 1 + (get_byte(d.bytes, n) & 31), 1), '' order by n)
	from (select sha256((gen_random_uuid()::text || gen_random_uuid()::text)::bytea) as bytes) d, generate_series(0, 25) n
$$;

create function app.code_hash(p_code text) returns text
language sql immutable set search_path = '' as $$
	select encode(sha256(p_code::bytea), 'hex')
$$;

-- Makes an invitation for a membership and answers its code; the person's earlier one of this kind is
-- withdrawn, so that a lost sheet of paper opens nothing.
create function app.new_invitation(p_membership app.memberships, p_kind text, p_replaces boolean, p_invited_by uuid) returns text
language plpgsql volatile set search_path = '' as $$
declare
	code constant text := app.new_code();
	invitation constant uuid := gen_random_uuid();
begin
	update app.invitations i set withdrawn_at = now()
	where i.city_id = p_membership.city_id and i.person_id = p_membership.person_id and i.kind = p_kind
		and i.used_at is null and i.withdrawn_at is null;
	insert into app.invitations (city_id, invitation_id, membership_id, person_id, kind, code_hash, replaces, invited_by)
	values (p_membership.city_id, invitation, p_membership.membership_id, p_membership.person_id, p_kind,
		app.code_hash(code), p_replaces, p_invited_by);
	perform app.note_act(p_membership.city_id, p_invited_by, 'invite', 'invitation', invitation,
		coalesce(p_membership.team_id, p_membership.unit_id), '{}');
	return code;
end $$;

-- An invitation for each of these memberships, with all that a printed card says.
create function app.invite(p_membership_ids uuid[], p_replaces boolean) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	cards jsonb := '[]';
	m record;
begin
	if cardinality(p_membership_ids) > 200 then
		perform app.invalid('too_many', 'membership_ids');
	end if;
	perform app.hold_people(city, array(
		select x.person_id from app.memberships x where x.city_id = city and x.membership_id = any (p_membership_ids)));
	for m in
		select x as held, p.name, r.signs_in, x.role, coalesce(t.name, u.name) as place_name,
			(select string_agg(g.name, ', ' order by g.name) from app.units g
			where g.city_id = city and g.unit_id = any (app.groups_of(city, x.team_id))) as groups
		from unnest(p_membership_ids) with ordinality asked(id, n)
		join app.memberships x on x.city_id = city and x.membership_id = asked.id
			and x.from_day <= app.today() and x.to_day > app.today()
		join app.people p on p.city_id = city and p.person_id = x.person_id and p.disabled_at is null
		join app.roles r on r.role = x.role
		left join app.teams t on t.city_id = city and t.team_id = x.team_id
		left join app.units u on u.city_id = city and u.unit_id = x.unit_id
		order by asked.n
	loop
		if not app.may_manage((m.held).person_id, case m.signs_in when 'password' then 'password' else 'device' end) then
			perform app.invalid('not_yours_to_invite', 'membership_ids');
		end if;
		if m.signs_in = 'password' then
			perform app.require_fresh();
		end if;
		cards := cards || jsonb_build_object(
			'membership_id', (m.held).membership_id, 'person_id', (m.held).person_id, 'name', m.name, 'role', m.role,
			'place_id', coalesce((m.held).team_id, (m.held).unit_id), 'place_name', m.place_name, 'groups', m.groups,
			'expires_at', now() + interval '72 hours',
			'code', app.new_invitation(m.held, case m.signs_in when 'password' then 'password' else 'device' end, p_replaces, me));
	end loop;
	if jsonb_array_length(cards) < cardinality(p_membership_ids) then
		perform app.invalid('unknown_person', 'membership_ids');
	end if;
	return jsonb_build_object('cards', cards);
end $$;

-- Somebody else takes a member's place in the team: one act, one code.
create function app.replace_member(p_membership_id uuid, p_name text, p_phone text) returns jsonb
language plpgsql volatile security definer set search_path = '' as $$
declare
	before constant app.memberships := app.end_membership(p_membership_id);
	person constant uuid := app.add_person(p_name, p_phone);
begin
	return app.invite(array[app.add_membership(person, before.role, coalesce(before.team_id, before.unit_id))], false);
end $$;

create function app.withdraw_invitations(p_membership_id uuid) returns void
language plpgsql volatile security definer set search_path = '' as $$
declare
	city constant text := app.require_session();
	me constant uuid := (select person_id from app.live_person());
	held record;
begin
	select m.person_id, case r.signs_in when 'password' then 'password' else 'device' end as kind into held
	from app.memberships m join app.roles r on r.role = m.role
	where m.city_id = city and m.membership_id = p_membership_id;
	perform app.hold_people(city, array[held.person_id]);
	if not app.may_manage(held.person_id, held.kind) then
		perform app.invalid('not_yours_to_invite', 'membership_id');
	end if;
	update app.invitations i set withdrawn_at = now()
	where i.city_id = city and i.membership_id = p_membership_id and i.used_at is null and i.withdrawn_at is null;
	perform app.note_act(city, me, 'withdraw_invitation', 'membership', p_membership_id, null, '{}');
end $$;

create function api.invite(membership_ids uuid[], replaces boolean) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	return app.invite(invite.membership_ids, coalesce(invite.replaces, false));
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

create function api.replace_member(membership_id uuid, name text, phone text) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	return app.replace_member(replace_member.membership_id, replace_member.name, replace_member.phone);
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

create function api.withdraw_invitations(membership_id uuid) returns jsonb
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	field text;
begin
	perform app.withdraw_invitations(withdraw_invitations.membership_id);
	return jsonb_build_object('membership_id', withdraw_invitations.membership_id);
exception when sqlstate 'TN001' or integrity_constraint_violation then
	get stacked diagnostics rule = constraint_name, field = column_name;
	return app.problem(sqlstate, sqlerrm, rule, field);
end $$;

revoke execute on all functions in schema app, api from public;
grant execute on function
	app.invite(uuid[], boolean), app.replace_member(uuid, text, text), app.withdraw_invitations(uuid),
	api.invite(uuid[], boolean), api.replace_member(uuid, text, text), api.withdraw_invitations(uuid)
	to authenticated;
