import type { UnitLists } from '../../src/lib/domain/unit';
import { openPool } from '../../src/lib/server/database/pool';
import { applyMigrations } from '../../src/run/migrations';
import { withOwner } from '../support/databases';
import { check } from '../support/empty_city';
import { startPostgres } from '../support/postgres';
import { cpuSeconds, spent } from './cpu';
import { FULL_CITY, identityIn, settleFullCity } from './full_city';
import { cpu, plain, quantile, said, within, type Line } from './line';

const ROUNDS = 100;

/** A full city on PostgreSQL: the tree of a date, one unit, and the import of all its groups. */
export async function units(): Promise<Line[]> {
	const postgres = await startPostgres();
	const url = (user?: string) => postgres.url(name, user);
	const name = await postgres.createDatabase();
	const lines: Line[] = [];
	let who = { role: 'authenticated' as const, claims: {} };
	await withOwner(url(), async (owner) => {
		await applyMigrations(owner);
		const began = performance.now();
		await settleFullCity(owner, { households: FULL_CITY.households });
		lines.push(plain('units.full_city.build', (performance.now() - began) / 1000, 's'));
		who = await identityIn(owner, 'staff city_office');
	});
	const database = await openPool(url('authenticator'));
	const call = (text: string, params: (string | null)[] = []) =>
		database.run(who, { text: `select ${text}::text as body`, params });

	const timed = async (work: (round: number) => Promise<unknown>) => {
		const times: number[] = [];
		for (let round = 0; round < ROUNDS; round++) {
			const began = performance.now();
			await work(round);
			times.push(performance.now() - began);
		}
		return quantile(times, 0.95);
	};
	const days = ['2024-06-01', '2025-07-01', '2026-11-20'];
	const before = cpuSeconds(postgres.pid);
	const tree = await timed((round) => call('api.unit_tree($1)', [days[round % 3] ?? '']));
	const used = spent(before, cpuSeconds(postgres.pid));
	lines.push(
		said(
			`api.unit_tree of the city office, all ${FULL_CITY.wards} wards and ${FULL_CITY.groups} groups, call to answer, ${ROUNDS} times`,
			within('units.tree_of_a_date.p95', tree, 'ms', 50)
		),
		...cpu('units.tree_of_a_date.cpu', used === null ? null : (used * 1000) / ROUNDS, 'ms')
	);

	const lists = JSON.parse((await call('api.unit_lists()')) ?? '') as UnitLists;
	const wards = lists.units.filter(([, level]) => level === 'ward').map(([id]) => id);
	const one = await timed((round) => call('api.unit($1)', [wards[round % wards.length] ?? '']));
	lines.push(within('units.one_unit.p95', one, 'ms', 50));

	// The same city with one household more in every group, from the file of an office.
	const rows = lists.parents.flatMap(([unit_id, parent_id]) => {
		const group = lists.units.find(([id, level]) => id === unit_id && level === 'group');
		const ward = lists.units.find(([id]) => id === parent_id);
		return group && ward ? [`${ward[3]};${group[3]};Tổ dân phố;107;261`] : [];
	});
	const file = ['Phường;Tên tổ;Loại;Số hộ;Người trưởng thành', ...rows].join('\n');
	const checking = performance.now();
	const checked = await check(lists, file, { source: 'bịa để đo', as_of: '2026-10-31' });
	lines.push(within('units.check_of_3766_groups', performance.now() - checking, 'ms', 2_000));
	if (!checked.plan) throw new Error(JSON.stringify(checked.problems.slice(0, 3)));
	const plan = JSON.stringify(checked.plan);
	lines.push(within('units.plan_of_3766_groups', plan.length / 1000, 'kB', 1_000));
	const writing = performance.now();
	await call('api.import_units($1::text::jsonb)', [plan]);
	lines.push(within('units.import_of_3766_groups', performance.now() - writing, 'ms', 5_000));

	await database.close();
	await postgres.stop();
	return lines;
}
