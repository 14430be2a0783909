import { expect, test } from 'vitest';
import { asking } from '../support/asking';
import { household, pull, push, verdicts, visit, type Sent } from '../support/changes';
import { onEachDatabase, type TestCity } from '../support/databases';
import { cast, type CastName } from '../support/small_city';

type Entry = {
	author: string | null;
	fields: Record<string, unknown>;
	earlier: Record<string, unknown>;
	overlap: string[];
	reason: string | null;
};

onEachDatabase((city) => {
	test('two people who change the same field are both asked to look, until one of them has', async () => {
		const { home, base } = await settled(city());
		const edit = (note: string) => on(home, base, { note });
		await push(city(), 'teammate', [edit('Cam ghi: có chó dữ')]);
		await push(city(), 'volunteer', [edit('Bưởi ghi: gọi cửa sau')]);

		for (const who of ['volunteer', 'teammate'] as const)
			expect(await told(city(), who, home)).toMatchObject({
				note: 'Bưởi ghi: gọi cửa sau',
				overlap: ['note']
			});
		const now = await told(city(), 'teammate', home);
		expect(await verdicts(city(), 'teammate', [on(home, now.seq, { looked: true })])).toEqual([
			'applied'
		]);
		expect(await told(city(), 'volunteer', home)).toMatchObject({ overlap: [], extra: {} });
	});

	test('whoever lost the answer to a merge is told of it when the change is sent again', async () => {
		const { home, base } = await settled(city());
		await push(city(), 'teammate', [on(home, base, { note: 'một' })]);
		const mine = on(home, base, { note: 'hai' });
		const [lost] = await push(city(), 'volunteer', [mine]);
		const [again] = await push(city(), 'volunteer', [mine]);
		expect(lost).toMatchObject({ verdict: 'merged', fields: ['note'] });
		expect(again).toMatchObject({ verdict: 'duplicate', was: 'merged', fields: ['note'] });
	});

	test('two people who change different fields both win, and nobody needs to look', async () => {
		const { home, base } = await settled(city());
		await push(city(), 'teammate', [on(home, base, { adults: 3 })]);
		await push(city(), 'volunteer', [on(home, base, { note: 'hẹn buổi tối' })]);
		expect(await told(city(), 'leader', home)).toMatchObject({
			adults: 3,
			note: 'hẹn buổi tối',
			overlap: []
		});
	});

	test('the history tells who wrote what, and what stood there before', async () => {
		const { home, base } = await settled(city());
		await push(city(), 'teammate', [on(home, base, { note: 'trước' })]);
		await push(city(), 'volunteer', [on(home, base, { note: 'sau' })]);
		for (const who of ['volunteer', 'leader', 'officer'] as const) {
			const entries = await history(city(), who, home.record_id);
			expect(
				entries.map(({ author, fields, earlier, overlap }) => [author, fields, earlier, overlap])
			).toEqual([
				[cast.volunteer.name, { note: 'sau' }, { note: 'trước' }, ['note']],
				[cast.teammate.name, { note: 'trước' }, { note: '' }, []],
				[cast.volunteer.name, { label: 'Nhà cô Năm' }, {}, []]
			]);
		}
	});

	test('what a resident asked by a poster is told with its first entry, in nobody’s name', async () => {
		const { poster, ask } = asking(city);
		const { token } = await poster('leader');
		const { request_id } = await ask(token, { label: 'Nhà cuối hẻm' });
		const request = { kind: 'request', record_id: request_id ?? '' };
		await push(city(), 'volunteer', [
			{ ...household(''), ...request, base: 1000, fields: { taken_by: cast.volunteer.person_id } }
		]);
		for (const who of ['volunteer', 'officer'] as const) {
			const entries = await history(city(), who, request.record_id);
			expect(entries.map(({ author }) => author)).toEqual([cast.volunteer.name, null]);
			expect(entries[1]).toMatchObject({
				fields: { label: 'Nhà cuối hẻm', source: 'poster' },
				earlier: {}
			});
		}
		expect(await history(city(), 'stranger', request.record_id)).toEqual([]);
	});

	test('the history of a group is for its team and its officers', async () => {
		const { home } = await settled(city());
		for (const who of ['stranger', 'coordinator', 'city', 'nobody'] as const)
			expect(await history(city(), who, home.record_id)).toEqual([]);
	});

	test('a record is discarded for a reason, and the reason stays in its history', async () => {
		const once = visit(null);
		await push(city(), 'volunteer', [once]);
		const seq = (await told(city(), 'volunteer', once)).seq;
		expect(await verdicts(city(), 'volunteer', [on(once, seq, { discarded: true })])).toEqual([
			'invalid missing reason'
		]);
		const reason = 'ghi nhầm hộ';
		expect(
			await verdicts(city(), 'volunteer', [on(once, seq, { discarded: true, reason })])
		).toEqual(['applied']);
		const [last] = await history(city(), 'leader', once.record_id);
		expect(last).toMatchObject({ reason, fields: { discarded: true } });
	});
});

/** A household that everybody of the team has seen. */
async function settled(city: TestCity): Promise<{ home: Sent; base: number }> {
	const home = household('Nhà cô Năm');
	const [answer] = await push(city, 'volunteer', [home]);
	return { home, base: answer?.seq ?? 0 };
}

function on(record: Sent, base: number, fields: Record<string, unknown>): Sent {
	const { kind, record_id } = record;
	return { ...household(''), kind, record_id, base, fields };
}

async function told(city: TestCity, who: CastName, { record_id }: Sent) {
	const pages = await pull(city, who);
	const rows = pages.flatMap((page) => [...page.households, ...page.visits]);
	const row = rows.find(({ id }) => id === record_id);
	if (!row) throw new Error('the record was not told');
	return row;
}

function history(city: TestCity, who: CastName, record_id: string): Promise<Entry[]> {
	return city.call<Entry[]>(who, 'history', { record_id });
}
