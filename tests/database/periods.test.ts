import { expect, test } from 'vitest';
import { household, localDay, pull, push, verdicts, visit, type Sent } from '../support/changes';
import { onEachDatabase, type TestCity } from '../support/databases';
import { KEPT_DAYS, RECOUNT_DAYS } from '../support/recount';
import { units, type CastName } from '../support/small_city';

/** A day of last month, and of the month before; and the first days of these. */
const day = (months: number) => {
	const [year = 0, month = 1] = localDay().split('-').map(Number);
	return new Date(Date.UTC(year, month - 1 - months, 5)).toISOString().slice(0, 10);
};
const first = (months: number) => `${day(months).slice(0, 7)}-01`;

type Answer = { problem: { code: string } | null };
type Request = { change_id: string; author: string; reason: string; fields: object; now: object };

onEachDatabase((city) => {
	const close = (who: CastName, months: number, group_id = units.to3) =>
		city().call<Answer>(who, 'close_period', { group_id, first_day: first(months) });
	const waiting = (who: CastName) => city().call<Request[]>(who, 'open_corrections', {});
	const decide = (who: CastName, { change_id }: Sent, accept: boolean) =>
		city().call<Answer>(who, 'decide_correction', { change_id, accept });

	test('a leader or an officer closes a month that is over, and nobody else', async () => {
		for (const who of ['volunteer', 'teammate', 'stranger', 'coordinator', 'city'] as const)
			expect(await close(who, 3)).toMatchObject({ problem: { code: 'not_your_group' } });
		expect(await close('leader', 3, units.to4)).toMatchObject({
			problem: { code: 'not_your_group' }
		});
		expect(await close('leader', 0)).toMatchObject({ problem: { code: 'date_in_future' } });
		expect(await close('leader', 3)).toEqual({ problem: null });
		expect(await close('officer', 3, units.to4)).toEqual({ problem: null });
		// Twice is once.
		expect(await close('officer', 3)).toEqual({ problem: null });
	});

	test('every phone of the team hears which months are closed', async () => {
		await close('leader', 3);
		type Me = { groups: { id: string; closed: string[] }[] };
		for (const who of ['volunteer', 'teammate', 'officer'] as const) {
			const { groups } = await city().call<Me>(who, 'me', {});
			expect(groups.find(({ id }) => id === units.to3)?.closed).toContain(first(3));
		}
	});

	test('a correction of a closed month waits for the officer; accepted, it is counted under its author', async () => {
		const { home, one, seq } = await visited(city(), 2);
		await close('leader', 2);
		const correction = changed(one, seq, { people_helped: 3, reason: 'Ghi thiếu hai người' });
		expect(await verdicts(city(), 'volunteer', [correction])).toEqual([
			'refused period_closed day'
		]);
		expect(await helped(city(), one)).toBe(1);
		// Sent again, it asks once.
		await push(city(), 'volunteer', [correction]);

		for (const who of ['volunteer', 'leader', 'coordinator', 'city'] as const) {
			expect(await waiting(who)).toEqual([]);
			expect(await decide(who, correction, true)).toMatchObject({
				problem: { code: 'unknown_request' }
			});
		}
		expect(await waiting('officer')).toMatchObject([
			{
				change_id: correction.change_id,
				author: 'Trần Thị Bưởi',
				household: home.fields.label,
				reason: 'Ghi thiếu hai người',
				fields: { people_helped: 3 },
				now: { people_helped: 1, day: day(2) }
			}
		]);
		expect(await decide('officer', correction, true)).toEqual({ problem: null });
		expect(await waiting('officer')).toEqual([]);
		expect(await helped(city(), one)).toBe(3);
		expect(await decide('officer', correction, false)).toMatchObject({
			problem: { code: 'unknown_request' }
		});
		const [again] = await push(city(), 'volunteer', [correction]);
		expect(again).toMatchObject({ verdict: 'duplicate', was: 'applied' });
		const pages = await pull(city(), 'teammate');
		const pulled = pages.flatMap(({ visits }) => visits).find(({ id }) => id === one.record_id);
		expect(pulled).toMatchObject({ people_helped: 3, household_id: home.record_id });
		type Entry = { author: string; reason: string | null };
		const history = await city().call<Entry[]>('teammate', 'history', { record_id: one.record_id });
		expect(history[0]).toMatchObject({ author: 'Trần Thị Bưởi', reason: 'Ghi thiếu hai người' });
		expect(await city().owner.query(KEPT_DAYS)).toEqual(await city().owner.query(RECOUNT_DAYS));
	});

	test('a visit that comes late for a closed month waits too, its neighbours do not; declined, it hears so', async () => {
		await close('leader', 2);
		const home = household('Nhà cô Tư');
		const late = visit(home.record_id, { day: day(2) });
		const now = visit(home.record_id);
		expect(await verdicts(city(), 'volunteer', [home, late, now])).toEqual([
			'applied',
			'refused period_closed day',
			'applied'
		]);
		expect(await decide('officer', late, false)).toEqual({ problem: null });
		expect(await verdicts(city(), 'volunteer', [late])).toEqual([
			'refused correction_declined day'
		]);
		expect(await city().owner.query(KEPT_DAYS)).toEqual(await city().owner.query(RECOUNT_DAYS));
	});

	test('moving a visit into a closed month, out of it, or taking it back there, all ask', async () => {
		const closed = await visited(city(), 4);
		const open = await visited(city(), 1);
		await close('leader', 4);
		expect(
			await verdicts(city(), 'volunteer', [
				changed(closed.one, closed.seq, { day: day(1), reason: 'sai ngày' }),
				changed(open.one, open.seq, { day: day(4), reason: 'sai ngày' }),
				changed(closed.one, closed.seq, { discarded: true, reason: 'undo' }),
				changed(open.one, open.seq, { note: 'Cô hẹn', reason: 'bổ sung' }),
				{ ...closed.home, change_id: idLike(closed.home), base: 0, fields: { priority: true } }
			])
		).toEqual([
			'refused period_closed day',
			'refused period_closed day',
			'refused period_closed day',
			'applied',
			'applied'
		]);
	});

	test('what must never be kept is not kept in a request either', async () => {
		const { one, seq } = await visited(city(), 5);
		await close('leader', 5);
		const bad = changed(one, seq, { note: 'CCCD 048090001234', reason: 'bổ sung' });
		expect(await verdicts(city(), 'volunteer', [bad])).toEqual(['invalid id_number_in_note note']);
		const kept = await city().owner.query(
			`select from app.correction_requests where fields::text like '%048090001234%'`
		);
		expect(kept).toHaveLength(0);
	});
});

/** A household that was visited so many months ago. */
async function visited(city: TestCity, months: number) {
	const home = household('Nhà bác Sáu');
	const one = visit(home.record_id, { day: day(months) });
	const answered = await push(city, 'volunteer', [home, one]);
	expect(answered.map(({ verdict }) => verdict)).toEqual(['applied', 'applied']);
	return { home, one, seq: answered[1]?.seq ?? 0 };
}

async function helped(city: TestCity, { record_id }: Sent): Promise<number> {
	const [row] = await city.owner.query<{ people_helped: number }>(
		'select people_helped from app.visits where id = $1',
		[record_id]
	);
	return row?.people_helped ?? 0;
}

const changed = (of: Sent, base: number, fields: Sent['fields']): Sent => ({
	...visit(null),
	record_id: of.record_id,
	base,
	fields
});
const idLike = (of: Sent) => of.change_id.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
