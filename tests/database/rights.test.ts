import { expect, test } from 'vitest';
import { household, pull, push, signup, training, visit } from '../support/changes';
import { identityOf, onEachDatabase, openPostgresCity } from '../support/databases';
import { units, type CastName } from '../support/small_city';

const TABLES_OF_RECORDS = ['households', 'visits', 'signups', 'trainings', 'household_progress'];
const TABLES_OF_TOTALS = ['group_days', 'group_day_services', 'group_day_people'];

onEachDatabase((city) => {
	const rowsSeen = async (who: CastName, table: string) => {
		// Straight at the tables, as if every function were wrong.
		const text = `select count(*)::text as body from app.${table}`;
		return Number(await city().database.run(identityOf(who), { text, params: [] }));
	};

	test("every person sees the records of their own groups and nobody else's", async () => {
		const home = household('Nhà chị Lựu');
		await push(city(), 'volunteer', [
			home,
			visit(home.record_id, { people_by_group: { elderly: 1 } }),
			signup(home.record_id),
			training()
		]);
		for (const table of TABLES_OF_RECORDS) {
			for (const who of ['volunteer', 'teammate', 'leader', 'officer'] as const)
				expect([table, who, await rowsSeen(who, table)]).toEqual([table, who, 1]);
			for (const who of ['stranger', 'coordinator', 'farCoordinator', 'city', 'nobody'] as const)
				expect([table, who, await rowsSeen(who, table)]).toEqual([table, who, 0]);
		}
		for (const table of TABLES_OF_TOTALS) {
			for (const who of ['volunteer', 'officer', 'coordinator', 'city'] as const)
				expect([table, who, await rowsSeen(who, table)]).toEqual([table, who, 1]);
			for (const who of ['stranger', 'farCoordinator', 'nobody'] as const)
				expect([table, who, await rowsSeen(who, table)]).toEqual([table, who, 0]);
		}
	});

	test('a member who leaves the team, or is disabled, reads and writes nothing from the next call on', async () => {
		await city().owner.exec(
			`update app.memberships set to_day = app.today() where role = 'member' and team_id in
				(select team_id from app.team_groups where group_id = '${units.to3}')`
		);
		expect(await pull(city(), 'teammate')).toEqual([]);
		const [refused] = await push(city(), 'teammate', [household('Nhà cũ')]);
		expect(refused).toMatchObject({ verdict: 'refused', code: 'not_your_group' });
		await city().owner.exec(
			`update app.people set disabled_at = now() where name = 'Trần Thị Bưởi'`
		);
		await expect(city().call('volunteer', 'me')).rejects.toMatchObject({ code: 'PT401' });
	});
});

test('the schema keeps its rules: policies on every table, no open function, pinned search paths', async () => {
	const city = await openPostgresCity();
	const names = async (text: string) =>
		(await city.owner.query<{ name: string }>(text)).map((row) => row.name);

	expect(
		await names(`select c.relname as name from pg_class c
			where c.relnamespace = 'app'::regnamespace and c.relkind = 'r' and not c.relrowsecurity`)
	).toEqual([]);
	expect(
		await names(
			`select c.relname as name from pg_class c where c.relnamespace = 'api'::regnamespace`
		)
	).toEqual([]);
	expect(
		await names(`select p.oid::regprocedure::text as name from pg_proc p
			where p.pronamespace in ('app'::regnamespace, 'api'::regnamespace)
				and (has_function_privilege('anon', p.oid, 'execute') or p.proacl is null)`)
	).toEqual(['api.open_figures(text)']);
	expect(
		await names(`select p.oid::regprocedure::text as name from pg_proc p
			where p.pronamespace in ('app'::regnamespace, 'api'::regnamespace)
				and not coalesce(p.proconfig::text like '%search_path=%', false)`)
	).toEqual([]);
	expect(
		await names(
			`select p.proname as name from pg_proc p where p.pronamespace = 'api'::regnamespace and p.prosecdef`
		)
	).toEqual([]);
	// Nobody but the owner may change a record; the web server may keep sessions.
	expect(
		await names(`select distinct g.grantee || ' ' || g.privilege_type || ' ' || g.table_name as name
			from information_schema.role_table_grants g
			where g.table_schema = 'app' and g.privilege_type <> 'SELECT'
				and g.grantee in ('anon', 'authenticated', 'app_server', 'authenticator', 'PUBLIC') order by 1`)
	).toEqual([
		'app_server DELETE sessions',
		'app_server INSERT sessions',
		'app_server UPDATE sessions'
	]);
	expect(
		await names(
			`select has_schema_privilege('anon', 'app', 'usage') || ' ' || has_schema_privilege('anon', 'api', 'usage') as name`
		)
	).toEqual(['false true']);
	await city.close();
});
