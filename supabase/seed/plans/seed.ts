import type { City } from '../city';
import { readCsv } from '../csv';
import { insertRows, type SeedDatabase, type SeedRow } from '../database';
import { idOf } from '../id';
import { unitId } from '../units/ids';

type Plan =
	'code' | 'kind' | 'number' | 'name' | 'authority' | 'issued_on' | 'from_year' | 'to_year';
type Count = 'plan' | 'line_kind' | 'status' | 'lines' | 'as_of' | 'source';
type Indicator =
	| ('code' | 'vi' | 'en' | 'unit' | 'direction' | 'denominator_vi' | 'denominator_en')
	| ('denominator_measure' | 'measure' | 'plans');
type Target = 'indicator' | 'plan' | 'level' | 'place' | 'year' | 'value' | 'source';
type Observation =
	('indicator' | 'place' | 'as_of' | 'said_of' | 'sign' | 'value' | 'out_of') | 'source';

/**
 * Brings the plans, legal bases, indicators, targets and published figures of docs/sources.md. What the
 * city has typed since stays as it is, so running it again changes nothing.
 */
export async function seedPlans(db: SeedDatabase, city: City): Promise<void> {
	const { city_id } = city;
	const plan = (code: string) => idOf(city_id, 'plan', code);
	const indicator = (code: string) => idOf(city_id, 'indicator', code);
	/** Our own city is a unit; another one is only a name. */
	const at = (place: string) =>
		place === city.name || place === ''
			? { unit_id: place ? unitId(city_id, 'dn-2023', '48') : null, place: null }
			: { unit_id: null, place };
	const indicators = readCsv<Indicator>('./plans/indicators.csv');

	await insertRows(
		db,
		'app.plans',
		readCsv<Plan>('./plans/plans.csv').map(({ code, kind, number, name, authority, ...days }) => ({
			...{ city_id, plan_id: plan(code), kind, number, name, authority },
			...orNull(days, ['issued_on', 'from_year', 'to_year'])
		}))
	);
	await insertRows(
		db,
		'app.plan_counts',
		readCsv<Count>('./plans/plan_counts.csv').map(
			({ plan: code, line_kind, status, lines, as_of, source }) => ({
				...{ city_id, plan_id: plan(code), line_kind, status, lines, as_of, source }
			})
		)
	);
	await insertRows(
		db,
		'app.indicators',
		indicators.map(({ code, vi, en, unit, direction, denominator_vi, denominator_en, ...its }) => ({
			...{ city_id, indicator_id: indicator(code), vi, en, unit, direction },
			...{ denominator_vi, denominator_en, numerator: 'typed' },
			...orNull(its, ['denominator_measure', 'measure'])
		}))
	);
	await insertRows(db, 'app.plan_lines', [
		...indicators.flatMap(({ code, plans }, n) =>
			plans.split(' ').map((its) => ({
				...{ city_id, line_id: idOf(city_id, 'line', its, code), plan_id: plan(its) },
				...{ kind: 'indicator', position: n + 1, indicator_id: indicator(code), vi: '', en: '' },
				source: ''
			}))
		),
		...readCsv<'plan' | 'vi' | 'en'>('./plans/tasks.csv').map(({ plan: its, vi, en }, n) => ({
			...{ city_id, line_id: idOf(city_id, 'line', its, vi), plan_id: plan(its) },
			...{ kind: 'task', position: n + 1, indicator_id: null, vi, en, source: '' }
		}))
	]);
	await insertRows(
		db,
		'app.targets',
		readCsv<Target>('./plans/targets.csv').map(
			({ indicator: code, plan: its, place, ...target }) => ({
				city_id,
				target_id: idOf(city_id, 'target', code, its, target.level, place, target.year),
				indicator_id: indicator(code),
				plan_id: its ? plan(its) : null,
				...at(place),
				...{ level: target.level, year: target.year, value: target.value, source: target.source }
			})
		)
	);
	await insertRows(
		db,
		'app.observations',
		readCsv<Observation>('./plans/observations.csv').map(
			({ indicator: code, place, as_of, said_of, sign, value, out_of, source }) => ({
				city_id,
				observation_id: idOf(city_id, 'observation', code, place, as_of, source),
				indicator_id: indicator(code),
				...at(place),
				...{ as_of, said_of, sign, value, out_of: out_of || null, source }
			})
		)
	);
}

function orNull(row: Record<string, string>, columns: string[]): SeedRow {
	return Object.fromEntries(columns.map((column) => [column, row[column] || null]));
}
