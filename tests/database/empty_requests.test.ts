import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import { change, localDay, pull, push, verdicts, type Sent } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { SERVER } from '../support/door';

const WORDS = 'Nhà cuối hẻm có cây khế';
const asked = (fields: object = {}) =>
	change('request', {
		...{ label: WORDS, topic: 'vneid', wish_time: 'evening', wish_weekdays: ['sat'] },
		...{ asked_on: localDay(), source: 'team', consent: 'spoken_1', ...fields }
	});
const DONE = { ended_as: 'done', ended_on: localDay() };

onEachDatabase((city) => {
	const daily = () => city().callAs<number>(SERVER, 'server_requests_empty', {});
	/** What the daily work does when so many days have passed. */
	const after = async (days: number) =>
		(
			await city().owner.query<{ n: number }>('select app.empty_requests($1::date - 90) as n', [
				localDay(days)
			])
		)[0]?.n;
	const row = async ({ record_id }: Sent) =>
		(await pull(city(), 'teammate'))
			.flatMap(({ requests }) => requests)
			.filter(({ id }) => id === record_id)
			.at(-1);

	test('ninety days after its end nobody can read any more where a request was, only what it was about', async () => {
		const [done, open, back] = [asked(DONE), asked(), asked()];
		await push(city(), 'volunteer', [done, open, back]);
		const undo = { discarded: true, reason: 'undo' };
		await push(city(), 'volunteer', [{ ...back, change_id: v7(), base: 1, fields: undo }]);
		const pages = await pull(city(), 'teammate');
		const cursors = Object.fromEntries(pages.map(({ group_id, cursor }) => [group_id, cursor]));

		expect(await daily()).toBe(0);
		expect(await after(90)).toBe(0);
		expect((await row(done))?.label).toBe(WORDS);
		expect(await after(91)).toBe(2);
		expect(await after(91)).toBe(0);

		// Phones that had it all are told, too.
		const news = (await pull(city(), 'teammate', cursors)).flatMap(({ requests }) => requests);
		expect(news.map(({ id }) => id)).toEqual([done.record_id, back.record_id]);
		expect(news[0]).toMatchObject({ label: '', topic: 'vneid', asked_on: localDay(), ...DONE });
		expect(news[0]).toMatchObject({ wish_time: '', wish_weekdays: [] });
		expect((await row(open))?.label).toBe(WORDS);
		const kept = await city().owner.query(
			'select from app.changes where record_id = any ($1::uuid[]) and (fields::text || coalesce(earlier::text, $3)) like $2',
			[[done.record_id, back.record_id], `%${WORDS}%`, '']
		);
		expect(kept).toEqual([]);
	});

	test('a request that was emptied is not opened again without a place', async () => {
		const one = asked(DONE);
		await push(city(), 'volunteer', [one]);
		await after(91);
		const reopen = { ...one, change_id: v7(), base: 9, fields: { ended_as: '', ended_on: null } };
		expect(await verdicts(city(), 'volunteer', [reopen])).toEqual(['invalid missing label']);
		const nowhere = asked({ label: '' });
		expect(await verdicts(city(), 'volunteer', [nowhere])).toEqual(['invalid missing label']);
	});

	test('it is work of the server alone', async () => {
		for (const who of ['volunteer', 'leader', 'administrator'] as const)
			await expect(city().call(who, 'server_requests_empty', {})).rejects.toThrow();
	});
});
