import fc from 'fast-check';
import { v7 } from 'uuid';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
	household,
	localDay,
	push,
	request,
	signup,
	training,
	visit,
	type Sent
} from '../support/changes';
import { createSmallCity, openPostgresCity, withOwner, type TestCity } from '../support/databases';
import { sharedPostgres } from '../support/postgres_shared';
import { expectExact } from '../support/exact';
import { cast, idOf, units, type CastName } from '../support/small_city';

let city: TestCity;
let url: string;
beforeAll(async () => {
	const name = await createSmallCity();
	url = sharedPostgres().url(name);
	city = await openPostgresCity(name);
	await city.owner.exec(
		`insert into app.team_groups (city_id, team_id, group_id, from_day)
		select city_id, '${idOf('team Tổ 3')}', '${units.to4}', '2025-07-01' from app.cities`
	);
});
afterAll(() => city.close());

const act = fc.record({
	what: fc.constantFrom(
		'visit',
		'visit',
		'signup',
		'training',
		'request',
		'edit',
		'edit',
		'discard',
		'leave'
	),
	home: fc.nat(3),
	which: fc.nat(50),
	// Two years, and days that fall into the same week.
	day: fc.oneof(fc.integer({ min: -390, max: 0 }), fc.integer({ min: -20, max: 0 })),
	people: fc.integer({ min: 1, max: 9 }),
	outcome: fc.constantFrom('helped', 'come_back', 'not_home')
});
type Act = typeof act extends fc.Arbitrary<infer T> ? T : never;
const evening = fc.array(act, { minLength: 6, maxLength: 14 });

test('totals are exact at every commit while three people write and an officer moves households', async () => {
	await fc.assert(
		fc.asyncProperty(
			evening,
			evening,
			evening,
			fc.array(fc.nat(3), { maxLength: 6 }),
			async (a, b, c, moves) => {
				const homes = [0, 1, 2, 3].map((n) => household(`Nhà ${n}`));
				const made: Sent[] = [];
				await push(city, 'volunteer', homes);
				let writing = true;
				const looking = lookWhile(() => writing);
				await Promise.all([
					...(
						[
							['volunteer', a],
							['teammate', b],
							['leader', c]
						] as const
					).map(([who, acts]) => write(who, acts, homes, made)),
					moveAll(homes, moves)
				]);
				writing = false;
				expect(await looking).toBeGreaterThan(0);
				await expectExact(city.owner);
				expect(await differences()).toEqual([]);
			}
		),
		{ numRuns: 8 }
	);
});

/** One push for every two acts: new records, and corrections of whatever anybody has made so far. */
async function write(who: CastName, acts: readonly Act[], homes: Sent[], made: Sent[]) {
	for (let n = 0; n < acts.length; n += 2) {
		const batch = acts.slice(n, n + 2).flatMap((one) => changeOf(one, homes, made));
		let waiting = batch;
		while (waiting.length > 0) {
			const answered = await push(city, who, waiting);
			const settled = new Set(answered.map(({ change_id }) => change_id));
			// What has moved on meanwhile gets no verdict, and is sent again.
			waiting = waiting.filter(({ change_id }) => !settled.has(change_id));
		}
	}
}

function changeOf(
	{ what, home, which, day, people, outcome }: Act,
	homes: Sent[],
	made: Sent[]
): Sent[] {
	const household_id = homes[home]?.record_id ?? null;
	const on = { day: localDay(day) };
	const people_by_group = people % 2 ? { elderly: 1, poor: people } : {};
	const guests = homes.slice(0, Math.min(home + 1, people)).map(({ record_id }) => record_id);
	const makers: Partial<Record<string, () => Sent>> = {
		visit: () => visit(household_id, { ...on, outcome, people_helped: people, people_by_group }),
		signup: () => signup(household_id, { ...on, people }),
		training: () => training({ ...on, headcount: people, people_by_group, household_ids: guests }),
		request: () => request({ asked_on: on.day, household_id: people % 2 ? household_id : null })
	};
	const fresh = makers[what]?.();
	if (fresh) {
		made.push(fresh);
		return [fresh];
	}
	const of = what === 'leave' ? homes[home] : made[which % Math.max(1, made.length)];
	if (!of) return [];
	const edits: Record<string, Sent['fields']> = {
		training: people % 2 ? on : { headcount: people, household_ids: guests },
		request: [
			{ asked_on: on.day },
			{ taken_by: cast.volunteer.person_id },
			{ taken_by: null },
			{ ended_as: outcome === 'helped' ? 'done' : 'solved', ended_on: on.day },
			{ ended_as: '', ended_on: null }
		][people % 5] as Sent['fields']
	};
	const fields =
		what === 'edit' ? (edits[of.kind] ?? on) : { discarded: day % 3 !== 0, reason: 'ghi nhầm' };
	return [{ ...of, change_id: v7(), base: 0, fields }];
}

async function moveAll(homes: Sent[], moves: number[]) {
	for (const [n, which] of moves.entries())
		await city.call('officer', 'move_household', {
			protocol: 1,
			change_id: v7(),
			household_id: homes[which]?.record_id,
			group_id: n % 2 ? units.to3 : units.to4,
			reason: 'ở tổ khác'
		});
}

const DIFFERENCES = `select d.* from app.units u cross join lateral app.differences(u.city_id, u.unit_id) d
	where u.level = 'group'`;
const differences = () => city.owner.query(DIFFERENCES);

/** Looks on, from a connection of its own, at one commit after the other. @returns how often */
async function lookWhile(writing: () => boolean): Promise<number> {
	let looks = 0;
	await withOwner(url, async (owner) => {
		do {
			expect(await owner.query(DIFFERENCES)).toEqual([]);
			looks += 1;
		} while (writing());
	});
	return looks;
}
