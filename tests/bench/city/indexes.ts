/** Tables so large that their indexes are made when they are full. */
export const LARGE = ['visits', 'signups', 'changes'];

const theirs = `any (array[${LARGE.map((table) => `'app.${table}'`).join(', ')}]::regclass[])`;

/** Notes the indexes and keys of the large tables as they are said to PostgreSQL, and drops them. */
export const aside = `
	create table made.rules (table_name text, position integer, make text);
	insert into made.rules
	select c.conrelid::regclass::text, 1, format('alter table %s add constraint %I %s', c.conrelid::regclass, c.conname, pg_get_constraintdef(c.oid))
	from pg_constraint c where c.contype = 'p' and c.conrelid = ${theirs}
	union all
	select i.indrelid::regclass::text, 2, pg_get_indexdef(i.indexrelid)
	from pg_index i where not i.indisprimary and i.indrelid = ${theirs};
	do $do$
	declare
		one record;
	begin
		for one in
			select case when c.conname is null then format('drop index %s', i.indexrelid::regclass)
				else format('alter table %s drop constraint %I', i.indrelid::regclass, c.conname) end as sql
			from pg_index i
			left join pg_constraint c on c.conindid = i.indexrelid and c.contype = 'p'
			where i.indrelid = ${theirs}
		loop
			execute one.sql;
		end loop;
	end $do$;`;

/** Makes those of one table again. */
export const back = (table: string) => `
	do $do$
	declare
		one record;
	begin
		for one in select r.make from made.rules r where r.table_name = 'app.${table}' order by r.position loop
			execute one.make;
		end loop;
	end $do$;`;
