-- The audit log: who did what to people and units, and when. Ids and names of fields, never values:
-- it outlives what it speaks of, and must not become a second copy of it.

create schema audit;
comment on schema audit is 'Evidence: added to, never changed. Written by inner functions, read through api.audit().';

create table audit.acts (
	city_id text not null,
	act_id bigint generated always as identity,
	at timestamptz not null default now(),
	actor_id uuid,
	act text not null,
	subject text not null,
	subject_id uuid,
	place_id uuid,
	fields text[] not null default '{}',
	constraint acts_pkey primary key (city_id, act_id),
	constraint acts_act_is_code check (app.is_code(act)),
	constraint acts_subject_known check (subject in ('person', 'membership', 'invitation', 'session', 'phone', 'team', 'import', 'city',
		'plan', 'line', 'target', 'observation', 'poster')),
	constraint acts_subject_has_id check (subject_id is not null or subject = 'city'),
	constraint acts_fields_are_names check (array_to_string(fields, ' ') ~ '^([a-z_]+( [a-z_]+)*)?$')
);
create index acts_by_subject on audit.acts (city_id, subject_id);

comment on column audit.acts.actor_id is 'Null: whoever sets the city up, at the server itself.';
comment on column audit.acts.place_id is 'The team or unit in which it was done. No foreign keys: evidence must not hold anything back.';

-- Of every role, the owner included; `always`, so that a session that plays a replica is refused, too.
create function audit.refuse() returns trigger
language plpgsql volatile set search_path = '' as $$
begin
	raise exception using errcode = '42501', message = 'the audit log is only added to';
end $$;
create trigger acts_stay before update or delete on audit.acts for each row execute function audit.refuse();
create trigger acts_are_not_emptied before truncate on audit.acts for each statement execute function audit.refuse();
alter table audit.acts enable always trigger acts_stay;
alter table audit.acts enable always trigger acts_are_not_emptied;

alter table audit.acts enable row level security;
-- No grant and no policy: what is written comes from app.note_act, what is read goes through app.audit.

create function app.note_act(
	p_city_id text, p_actor_id uuid, p_act text, p_subject text, p_subject_id uuid, p_place_id uuid, p_fields text[]
) returns void
language sql volatile set search_path = '' as $$
	insert into audit.acts (city_id, actor_id, act, subject, subject_id, place_id, fields)
	values (p_city_id, p_actor_id, p_act, p_subject, p_subject_id, p_place_id, p_fields)
$$;

revoke execute on all functions in schema app, audit from public;
