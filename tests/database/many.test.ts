import fc from 'fast-check';
import { expect, test } from 'vitest';
import { household, push, pull, signup, training, visit, type Sent } from '../support/changes';
import { onEachDatabase, type TestCity } from '../support/databases';
import { units, type CastName } from '../support/small_city';

type Spec = { kind: 'household' | 'visit' | 'signup' | 'training'; home: number; odd: Odd };
type Odd = (typeof ODD)[number] | null;
/** Up to where each has pulled, so that a story reads only its own rows. */
type Seen = Partial<Record<CastName, Record<string, string>>>;

/** What a phone of ours would not send, or not often: each has its own verdict, wherever it stands. */
const ODD = [
	{ note: 'số 012345678901' },
	{ day: '2999-01-01' },
	{ day: '2026-02-30' },
	{ day: 'infinity' },
	{ people_helped: 1.5, people: 1.5, headcount: 1.5, adults: 1.5 },
	{ people_helped: '1', people: '1', headcount: '1', adults: '1' },
	{ label: '  ', outcome: null, service: '' },
	{ label: 7, note: 7 },
	{ topics: ['Có dấu'] },
	{ topics: [['vneid']] },
	{ topics: [''] },
	{ place: 'Nhà riêng' },
	{ people_by_group: { elderly: 9 } },
	{ follow_up_on: '2020-01-01' },
	{ colour: 'red', place: 'home' },
	{ city_id: 'x', seq: 1, group_id: 'y', extra: { a: 1 } },
	{ discarded: true },
	{ discarded: 'yes' },
	{ household_id: '00000000-0000-7000-8000-000000000000' },
	'same change again',
	'edit of the one before',
	'kind of a newer app'
] as const;

const spec: fc.Arbitrary<Spec> = fc.record({
	kind: fc.constantFrom('household', 'visit', 'visit', 'visit', 'signup', 'training'),
	home: fc.nat(3),
	odd: fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, fc.constantFrom(...ODD))
});

onEachDatabase((city) => {
	test('what comes in one batch is judged and kept as if it had come one by one', async () => {
		const seen: Seen = {};
		await fc.assert(
			fc.asyncProperty(fc.array(spec, { minLength: 1, maxLength: 14 }), async (specs) => {
				const together = changesOf(specs, units.to3);
				const apart = changesOf(specs, units.to1HoaCuong);
				const one = await answered(city(), 'volunteer', [together]);
				const other = await answered(
					city(),
					'stranger',
					apart.map((change) => [change])
				);
				expect(one).toEqual(other);
				expect(await kept(city(), 'volunteer', together, seen)).toEqual(
					await kept(city(), 'stranger', apart, seen)
				);
			}),
			{ numRuns: 60 }
		);
	});
});

/** The changes of a story in a group, to fresh records; the first is always a household. */
function changesOf(specs: Spec[], group_id: string): Sent[] {
	const homes = [household('Nhà cô Năm', { group_id })];
	const changes: Sent[] = [...homes];
	for (const { kind, home, odd } of specs) {
		const before = changes.at(-1) as Sent;
		const home_id = homes[home % homes.length]?.record_id ?? null;
		const fields = typeof odd === 'object' && odd ? odd : {};
		const make = {
			household: () => household('Nhà thầy Bảy', { group_id }),
			visit: () => visit(home_id, {}, { group_id }),
			signup: () => signup(home_id, {}, { group_id }),
			training: () => training({}, { group_id })
		};
		const made = make[kind]();
		const change = { ...made, fields: { ...made.fields, ...fields } };
		if (kind === 'household') homes.push(change);
		if (odd === 'same change again') changes.push({ ...before });
		else if (odd === 'edit of the one before')
			changes.push({ ...change, kind: before.kind, record_id: before.record_id });
		else if (odd === 'kind of a newer app') changes.push({ ...change, kind: 'drone_visit' });
		else changes.push(change);
	}
	return changes;
}

/** The verdicts in words; numbers count from the first, since the two groups have other histories. */
async function answered(city: TestCity, who: CastName, batches: Sent[][]) {
	const verdicts = [];
	for (const batch of batches) verdicts.push(...(await push(city, who, batch)));
	const first = Math.min(...verdicts.map((one) => one.seq ?? Infinity));
	return verdicts
		.map(({ verdict, code, field, fields, seq, was, change_id }) => ({
			change_id,
			said: [verdict, code, field, fields, seq && seq - first, was]
		}))
		.sort((a, b) => order(batches, a.change_id) - order(batches, b.change_id))
		.map(({ said }) => said);
}

function order(batches: Sent[][], change_id: string): number {
	return batches.flat().findIndex((change) => change.change_id === change_id);
}

/** The records of a story as they stand, with ids by their place in it. */
async function kept(city: TestCity, who: CastName, changes: Sent[], seen: Seen) {
	const ids = new Map(changes.map((change, n) => [change.record_id, `record ${n}`]));
	const pages = await pull(city, who, seen[who]);
	seen[who] = Object.fromEntries(pages.map((page) => [page.group_id, page.cursor]));
	const rows = pages.flatMap((page) => [
		...page.households,
		...page.visits,
		...page.signups,
		...page.trainings
	]);
	const own = rows.filter((row) => ids.has(row.id));
	const first = Math.min(...own.map((row) => row.seq));
	return own
		.map(({ group_id: _group, author_id: _author, recorded_at: _at, ...row }) => ({
			...row,
			seq: row.seq - first
		}))
		.map((row) => JSON.parse(JSON.stringify(row, (_, value) => ids.get(value) ?? value)))
		.sort((a, b) => a.seq - b.seq);
}
