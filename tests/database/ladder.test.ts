import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FACTS, type Household } from '../../src/lib/domain/household';
import { LADDER, PROVING_RESULTS, standingOf } from '../../src/lib/domain/ladder';
import type { Signup } from '../../src/lib/domain/signup';
import { change, household, localDay, pull, push, signup, type Sent } from '../support/changes';
import { onEachDatabase, type TestCity } from '../support/databases';
import { units } from '../support/small_city';

const home = fc.nat(3);
const day = fc.integer({ min: -9, max: 0 });
const step = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			does: fc.constant('answer' as const),
			home,
			day,
			fact: fc.constantFrom(...FACTS),
			yes: fc.constantFrom(true, true, false, null)
		})
	},
	{
		weight: 3,
		arbitrary: fc.record({
			does: fc.constant('signup' as const),
			home,
			day,
			service: fc.constantFrom('vneid', 'dvc', 'tt_kdtm', 'ngan_hang'),
			result: fc.constantFrom(...PROVING_RESULTS, 'unfinished', 'refused')
		})
	},
	fc.record({
		does: fc.constantFrom('merge' as const, 'merge' as const, 'part' as const),
		home,
		with: home
	}),
	fc.record({ does: fc.constantFrom('discard' as const, 'take_back' as const), home, day })
);

onEachDatabase((city) => {
	test('phones and the server know the same ladder', async () => {
		const rungs = await city().owner.query(
			'select rung, name, needed_for from app.rungs order by rung'
		);
		expect(rungs).toEqual(LADDER.map(({ rung, name, needed_for }) => ({ rung, name, needed_for })));
		const proofs = await city().owner.query(
			'select rung, way, kind, code from app.rung_proofs order by rung, way, code desc'
		);
		expect(proofs).toEqual(
			LADDER.flatMap(({ rung, ways }) =>
				ways.flatMap((way, at) => way.map((proof) => ({ rung, way: at + 1, ...proof })))
			)
		);
		const [results] = await city().owner.query<{ codes: string[] }>(
			'select app.proving_results() as codes'
		);
		expect(results?.codes).toEqual(PROVING_RESULTS);
	});

	test('whatever was answered, signed up, merged and taken back: a phone and the server see a household on the same rung', async () => {
		const history = fc.array(step, { minLength: 6, maxLength: 40, size: 'max' });
		await fc.assert(
			fc.asyncProperty(history, async (steps) => {
				const homes = Array.from({ length: 4 }, (_, n) => household(`Nhà ${n}`));
				await push(city(), 'volunteer', homes);
				const made: Sent[] = [];
				for (const one of steps) {
					const record_id = homes[one.home]?.record_id ?? '';
					const changed = (fields: Record<string, unknown>, offset = 0) =>
						change('household', fields, { record_id, base: 0, at: moment(offset) });
					if (one.does === 'answer') {
						made.push(changed({ [one.fact]: one.yes }, one.day));
					} else if (one.does === 'signup') {
						const { service, result } = one;
						made.push(signup(record_id, { service, result, day: localDay(one.day) }));
					} else if (one.does === 'merge' || one.does === 'part') {
						const other = one.does === 'merge' ? homes[one.with]?.record_id : null;
						made.push(changed({ merged_into: other }));
					} else if (one.does === 'discard') made.push(changed({ discarded: one.day % 2 === 0 }));
					else {
						const before = made.find(({ kind }) => kind === 'signup');
						if (before)
							made.push({
								...before,
								...change(
									'signup',
									{ discarded: true, reason: 'sai' },
									{ record_id: before.record_id, base: 0 }
								)
							});
					}
				}
				await push(city(), 'leader', made);
				await expectAlike(
					city(),
					homes.map(({ record_id }) => record_id)
				);
			}),
			{ numRuns: 30 }
		);
	});
});

/** Some days ago, at noon in Viet Nam. */
function moment(offset: number): string {
	return offset === 0 ? new Date().toISOString() : `${localDay(offset)}T05:00:00.000Z`;
}

/** What a phone that pulled everything says, and what the server keeps. */
async function expectAlike(city: TestCity, ids: string[]) {
	const pages = (await pull(city, 'volunteer')).filter(({ group_id }) => group_id === units.to3);
	const living = <R>(rows: unknown[]) =>
		(rows as (R & { discarded: boolean })[]).filter((row) => !row.discarded);
	const households = living<Household>(pages.flatMap((page) => page.households));
	const signups = living<Signup>(pages.flatMap((page) => page.signups));
	const shown = ids.map((id) => {
		const own = households.find((one) => one.id === id);
		if (!own || own.merged_into) return { household_id: id, rung: 0, proven_on: [] };
		const merged = households.filter((one) => one.merged_into === id);
		const here = [id, ...merged.map((one) => one.id)];
		const { rung, proven } = standingOf(
			own,
			merged,
			signups.filter(({ household_id }) => here.includes(household_id ?? ''))
		);
		const days = LADDER.map((one) => proven[one.rung]?.day ?? null);
		return { household_id: id, rung, proven_on: days.every((one) => one === null) ? [] : days };
	});
	const kept = await city.owner.query(
		`select h.id as household_id, coalesce(p.rung, 0) as rung, to_jsonb(coalesce(p.proven_on, '{}')) as proven_on
		from app.households h left join app.household_progress p on p.household_id = h.id
		where h.id = any ($1::uuid[]) order by array_position($1::uuid[], h.id)`,
		[ids]
	);
	expect(kept).toEqual(shown);
}
