-- One change: what becomes of the record, and which verdict is kept.

-- The day on which each value that stands was said, after one more change; a value that was taken
-- back was not said.
create function app.said_on(p_was jsonb, p_kind text, p_known jsonb, p_day date) returns jsonb
language sql stable set search_path = '' as $$
	select jsonb_strip_nulls(coalesce(p_was, '{}') || coalesce(jsonb_object_agg(f.field, case when p_known -> f.field <> 'null' then p_day end), '{}'))
	from app.record_fields f
	where f.kind = p_kind and f.dated and p_known ? f.field
$$;

-- The fields that somebody else, or the same person on another phone, has changed since the writer
-- last saw the record. Base 0 saw nothing, in whatever group the record then was.
create function app.overlap(d app.changes, p_known text[]) returns text[]
language sql stable set search_path = '' as $$
	select array(
		select k from unnest(p_known) k
		where not exists (select from app.record_fields f where f.kind = d.kind and f.field = k and f.quiet) and exists (
			select from app.changes h
			where h.city_id = d.city_id and h.record_id = d.record_id and h.kind = d.kind
				and h.seq > coalesce(d.base, 0) and (h.group_id = d.group_id or d.base = 0)
				and (h.author_id, h.device_id) is distinct from (d.author_id, d.device_id)
				and h.fields ? k)
		order by k)
$$;

-- A list of names with others added, each once.
create function app.joined(p_names jsonb, p_more text[]) returns jsonb
language sql immutable set search_path = '' as $$
	select coalesce(jsonb_agg(distinct n.name), '[]')
	from (select jsonb_array_elements_text(p_names) union select unnest(p_more)) n(name)
$$;

-- What stays marked after somebody has looked: what overlapped after they saw the record.
create function app.still_to_look(d app.changes, p_marked jsonb, p_looked jsonb) returns jsonb
language sql stable set search_path = '' as $$
	select case when p_looked is distinct from 'true' then p_marked else coalesce((
		select jsonb_agg(m.field) from jsonb_array_elements_text(p_marked) m(field)
		where exists (
			select from app.changes h
			where h.city_id = d.city_id and h.record_id = d.record_id and h.group_id = d.group_id and h.seq > d.base and m.field = any (h.overlap))), '[]') end
$$;

-- Apply one change to its record under the next number and keep it. Raises when a rule refuses it:
-- the caller holds the group's lock and a savepoint.
create function app.apply_change(done app.changes, sent jsonb, p_seq bigint) returns app.changes
language plpgsql volatile set search_path = '' as $$
declare
	known jsonb;
	was jsonb;
	becomes jsonb;
	written boolean;
	had_contact boolean;
begin
	if not exists (select from app.record_fields f where f.kind = done.kind) then
		perform app.invalid('unknown_kind', 'kind');
	end if;
	was := app.record(done.kind, done.city_id, done.record_id);
	if was is not null and was ->> 'group_id' <> done.group_id::text then
		perform app.invalid('record_of_another_group', 'group_id');
	end if;
	-- An id names one record, of whatever kind: phones and the log know a record by its id alone.
	if was is null and exists (
		select from app.changes h where h.city_id = done.city_id and h.record_id = done.record_id and h.seq is not null) then
		perform app.invalid('record_of_another_group', 'group_id');
	end if;
	if (was ->> 'discarded')::boolean and not sent ? 'discarded' then
		done.verdict := 'discarded';
		-- Nobody has judged its values, so none of them is kept.
		done.fields := '{}';
		return app.keep_change(done);
	end if;
	if sent ->> 'discarded' = 'true' and btrim(coalesce(done.fields ->> 'reason', '')) = '' then
		perform app.invalid('missing', 'reason');
	end if;
	perform app.check_reason(done.fields -> 'reason', sent -> 'looked');
	perform app.check_values(done.kind, sent);

	select coalesce(jsonb_object_agg(s.key, s.value), '{}') into known
	from jsonb_each(sent) s
	where s.key = 'discarded' or exists (select from app.record_fields f where f.kind = done.kind and f.field = s.key);
	if known ? 'day' then
		perform app.check_day((known ->> 'day')::date);
	end if;
	if known ->> 'household_id' is not null then
		perform app.check_household(done.city_id, done.group_id, (known ->> 'household_id')::uuid);
	end if;

	perform app.check_verbs(done, was, known);
	if known ->> 'merged_into' is not null then
		perform app.check_merge(done, (known ->> 'merged_into')::uuid);
	elsif known ->> 'discarded' = 'true' and app.has_merged(done.city_id, done.record_id) then
		perform app.invalid('household_merged', 'discarded');
	end if;
	if known ? 'household_ids' then
		known := known || jsonb_build_object('household_ids', app.own_households(done.city_id, done.group_id, known -> 'household_ids'));
	end if;

	perform app.check_correction(done, was, known);
	if was is not null then
		done.earlier := (select jsonb_object_agg(k.key, was -> k.key) from jsonb_object_keys(known) k(key));
		done.overlap := app.overlap(done, array(select jsonb_object_keys(known)));
	end if;
	becomes := coalesce(was, app.initial_fields(done.kind) || jsonb_build_object(
		'city_id', done.city_id, 'id', done.record_id, 'group_id', done.group_id, 'author_id', done.author_id,
		'recorded_at', greatest(done.at, now() - interval '400 days')));
	becomes := becomes || known || jsonb_build_object(
		'seq', p_seq,
		-- Marked for everybody until somebody says that they have looked.
		'overlap', app.joined(app.still_to_look(done, becomes -> 'overlap', sent -> 'looked'), done.overlap),
		'extra', (becomes -> 'extra') || (sent - array(select jsonb_object_keys(known)) - 'looked'));
	case done.kind
		when 'household' then
			becomes := becomes || jsonb_build_object('said_on', app.said_on(becomes -> 'said_on', done.kind, known, app.day_of(done.at)));
			written := app.write_household(jsonb_populate_record(null::app.households, becomes));
		when 'visit' then written := app.write_visit(jsonb_populate_record(null::app.visits, becomes));
		when 'signup' then written := app.write_signup(jsonb_populate_record(null::app.signups, becomes));
		when 'training' then written := app.write_training(jsonb_populate_record(null::app.trainings, becomes));
		when 'request' then
			becomes := becomes || jsonb_build_object('taken_on', case when becomes ->> 'taken_by' is not null
				then coalesce((becomes ->> 'taken_on')::date, app.day_of(greatest(done.at, now() - interval '400 days'))) end);
			written := app.write_request(jsonb_populate_record(null::app.requests, becomes));
		when 'goal' then written := app.write_goal(jsonb_populate_record(null::app.goals, becomes));
		when 'thank' then written := app.write_thank(jsonb_populate_record(null::app.thanks, becomes));
	end case;
	if written is null then
		perform app.invalid('record_of_another_group', 'group_id');
	end if;
	if done.kind = 'household' and (known ? 'contact' or known ->> 'discarded' = 'true') then
		had_contact := app.write_contact(done, case when becomes ->> 'discarded' = 'true' then 'null' else known -> 'contact' end);
		if known ? 'contact' then
			-- The log says that there is one, or none any more; never which.
			done.fields := done.fields || jsonb_build_object('contact', known -> 'contact' <> 'null');
			done.earlier := done.earlier || jsonb_build_object('contact', had_contact);
		end if;
	end if;
	if sent - 'looked' <> '{}' then
		perform app.check_open(done, was, becomes);
	end if;

	done.seq := p_seq;
	done.verdict := case when cardinality(done.overlap) > 0 then 'merged' else 'applied' end;
	return app.keep_change(done);
end $$;

-- Keep a change with its verdict, so that a resend gets the same answer. A refusal may be judged
-- anew later (the right came back), and then takes the place of the old one.
create function app.keep_change(done app.changes) returns app.changes
language sql volatile set search_path = '' as $$
	insert into app.changes as c select done.*
	on conflict (city_id, change_id) do update set
		seq = excluded.seq, verdict = excluded.verdict, code = excluded.code, field = excluded.field,
		overlap = excluded.overlap, fields = excluded.fields, earlier = excluded.earlier,
		kind = excluded.kind, record_id = excluded.record_id, received_at = excluded.received_at, group_id = excluded.group_id
	where c.verdict = 'refused' and c.author_id = excluded.author_id
	returning c.*
$$;

-- A rule's name says field and code: <table>_<field>_<code>. A rule named otherwise is a bug of ours
-- and passes as bad_value without a field.
create function app.problem_of(rule text, out code text, out field text)
language sql immutable set search_path = '' as $$
	select
		case when m[3] in ('id_number', 'card_number', 'email', 'otp') then m[3] || '_in_note' else coalesce(m[3], 'bad_value') end,
		m[2]
	from (select regexp_match(rule, '^([a-z]+)_([a-z_]+?)_(missing|bad_value|too_long|out_of_range|id_number|card_number|email|otp|phone_number)$') as m) named
$$;

-- One change inside its own savepoint: whatever a rule says becomes a verdict, and nothing of a
-- refused change remains. Trouble that is not the change's fault (a deadlock, a timeout) passes
-- through, and the whole push is sent again. Null when a racing push has kept this change_id first.
create function app.judge_change(done app.changes, sent jsonb, p_seq bigint) returns app.changes
language plpgsql volatile set search_path = '' as $$
declare
	rule text;
	kept app.changes;
begin
	begin
		kept := app.apply_change(done, sent, p_seq);
		if kept.change_id is null then
			raise unique_violation;
		end if;
		return kept;
	exception
		when unique_violation then
			return null;
		when sqlstate 'TN002' then
			return app.request_correction(done);
		when sqlstate 'TN001' then
			get stacked diagnostics done.code = message_text, done.field = column_name;
		when check_violation then
			get stacked diagnostics rule = constraint_name;
			select p.code, p.field into done.code, done.field from app.problem_of(rule) p;
		when not_null_violation then
			get stacked diagnostics done.field = column_name;
			done.code := 'missing';
		when data_exception or program_limit_exceeded then
			done.code := 'bad_value';
			done.field := 'fields';
	end;
	done.verdict := 'invalid';
	-- The names that we know, alone: what was refused (an identity number, say) must not stay here instead.
	done.fields := (
		select coalesce(jsonb_object_agg(f.field, null), '{}') from app.record_fields f
		where f.kind = done.kind and sent ? f.field);
	done.kind := (select max(f.kind) from app.record_fields f where f.kind = done.kind);
	return app.keep_change(done);
end $$;

revoke execute on all functions in schema app from public;
