import { afterAll, beforeAll, expect, test } from 'vitest';
import { asking } from '../support/asking';
import { openPostgresCity, type TestCity } from '../support/databases';
import { units } from '../support/small_city';
import { v7 } from 'uuid';

let city: TestCity;
beforeAll(async () => {
	city = await openPostgresCity();
	// A machine that is busy must not sit a wait out in the middle of a test.
	await city.owner.exec(
		'update app.limits set first_wait = first_wait * 1000, longest_wait = longest_wait * 1000'
	);
});
afterAll(() => city.close());
const { poster, ask, enter } = asking(() => city);

const taken = async (group_id: string) =>
	(
		await city.owner.query<{ n: number }>(
			'select count(*)::int as n from app.requests where group_id = $1',
			[group_id]
		)
	)[0]?.n;

test('of sixty requests at once from one address twenty are taken, and the others are told to wait', async () => {
	const { token } = await poster('leader');
	const answers = await Promise.all(Array.from({ length: 60 }, () => ask(token)));
	expect(answers.filter(({ request_id }) => request_id)).toHaveLength(20);
	for (const { request_id, wait } of answers) expect(request_id === null).toBe((wait ?? 0) > 0);
	expect(await taken(units.to3)).toBe(20);
});

test('a group is not flooded from many addresses: after forty in a day the next one waits', async () => {
	const { token } = await poster('officer', units.to4);
	const from = (n: number) => ask(token, {}, v7(), `address ${n}`);
	const answers = await Promise.all(Array.from({ length: 60 }, (_, n) => from(n)));
	expect(answers.filter(({ request_id }) => request_id)).toHaveLength(40);
	expect(await taken(units.to4)).toBe(40);
	// Those who are there to receive requests are not held up by it.
	expect((await enter('officer', units.to4)).request_id).not.toBeNull();
	expect(
		(await ask((await poster('leader')).token, {}, v7(), 'another address')).request_id
	).not.toBeNull();
});

test('one request sent ten times at once is taken once', async () => {
	const { token } = await poster('leader');
	const id = v7();
	const before = await taken(units.to3);
	const answers = await Promise.all(
		Array.from({ length: 10 }, () => ask(token, {}, id, 'an impatient thumb'))
	);
	for (const { request_id } of answers) expect(request_id).toBe(id);
	expect(await taken(units.to3)).toBe((before ?? 0) + 1);
});

test('while phones push into the group, every request gets a number of its own', async () => {
	const { token } = await poster('officer', units.to4, true);
	await city.owner.exec('delete from app.tries');
	await Promise.all([
		...Array.from({ length: 12 }, (_, n) => ask(token, {}, v7(), `phone ${n}`)),
		...Array.from({ length: 12 }, () => enter('officer', units.to4))
	]);
	const [row] = await city.owner.query<{ n: number; distinct: number; last: boolean }>(
		`select count(*)::int as n, count(distinct q.seq)::int as distinct, max(q.seq) = max(l.last_seq) as last
		from app.requests q join app.group_logs l using (city_id, group_id) where q.group_id = $1`,
		[units.to4]
	);
	expect(row).toMatchObject({ n: row?.distinct, last: true });
});
