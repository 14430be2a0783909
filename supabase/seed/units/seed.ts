import { insertRows, type SeedDatabase, type SeedRow } from '../database';
import type { City } from '../city';
import { editions, MERGER_DAY } from './editions';
import { readSuccessions, type Succession } from './successions';
import { areasOf, parentsOf, unitsOf } from './rows';
import { keyOf, unitIds } from './ids';
import { readUnitLists, type ListedUnit } from './lists';

/**
 * Brings the city, the editions of its official lists, all units with their parents, codes and
 * successions. Running it again changes nothing. A caller that wants all or nothing opens a transaction.
 */
export async function seedUnits(db: SeedDatabase, city: City): Promise<void> {
	const listed = readUnitLists();
	const successions = readSuccessions(listed);
	const ids = unitIds(city.city_id, listed, successions);
	const areas = areasOf(city.city_id, listed);
	const { city_id } = city;

	await insertRows(db, 'app.cities', [city]);
	await insertRows(
		db,
		'app.editions',
		editions.map(({ file: _file, ...edition }) => edition)
	);
	await insertRows(db, 'app.units', withCity(city_id, [...unitsOf(listed, ids), ...areas.units]));
	await insertRows(
		db,
		'app.unit_parents',
		withCity(city_id, [...parentsOf(city_id, listed, ids), ...areas.parents(ids)])
	);
	await insertRows(db, 'app.unit_codes', withCity(city_id, codesOf(listed, ids)));
	await insertRows(db, 'app.unit_successions', withCity(city_id, edgesOf(successions, ids)));
}

function codesOf(listed: ListedUnit[], ids: Map<string, string>): SeedRow[] {
	return listed.map(({ edition, code, name }) => ({
		edition,
		code,
		unit_id: ids.get(keyOf(edition, code)),
		official_name: name
	}));
}

function edgesOf(successions: Succession[], ids: Map<string, string>): SeedRow[] {
	return successions
		.filter((it) => it.relation !== 'kept')
		.map(({ from, to, to_edition, relation, basis }) => ({
			unit_id: ids.get(from),
			successor_id: ids.get(to),
			on_day: editions.find((it) => it.edition === to_edition)?.in_force_from ?? MERGER_DAY,
			relation,
			basis
		}));
}

function withCity(city_id: string, rows: SeedRow[]): SeedRow[] {
	return rows.map((row) => ({ city_id, ...row }));
}
