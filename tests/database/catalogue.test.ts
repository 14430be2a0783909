import { expect, test } from 'vitest';
import type { Catalogue, CatalogueEntry, SavedEntry } from '../../src/lib/domain/catalogue';
import { seedCatalogue } from '../../supabase/seed/catalogue';
import { daNang } from '../../supabase/seed/city';
import { onEachDatabase } from '../support/databases';
import type { CastName } from '../support/small_city';

const market: CatalogueEntry = {
	list: 'place',
	code: 'cho_thu',
	parent: 'market',
	vi: 'Chợ Thử',
	en: 'Test market',
	position: 1,
	from_day: null,
	to_day: null
};

onEachDatabase((city) => {
	const seed = () => seedCatalogue(city().owner, { ...daNang, city_id: 'thu-nghiem' });
	const save = (who: CastName, entry: Partial<CatalogueEntry> = {}) =>
		city().call<SavedEntry>(who, 'save_catalogue_entry', { entry: { ...market, ...entry } });
	const catalogue = () => city().call<Catalogue>('volunteer', 'catalogue');
	const entry = async (code: string) =>
		(await catalogue()).entries.find((one) => one.code === code && one.list === 'place');

	test('what the city office adds is on the phones at the next contact', async () => {
		await seed();
		const { version } = await catalogue();
		const { entry: saved, problems } = await save('city');
		expect(problems).toEqual([]);
		expect(saved).toEqual(market);
		expect(await entry('cho_thu')).toEqual(market);
		expect((await catalogue()).version).not.toBe(version);
	});

	test('a word can be changed and an entry ended, and records keep their code', async () => {
		await save('city', { vi: 'Chợ Thử Mới', to_day: '2026-01-01' });
		expect(await entry('cho_thu')).toMatchObject({ vi: 'Chợ Thử Mới', to_day: '2026-01-01' });
	});

	test('what the city changed is not undone when the seed is loaded again', async () => {
		await save('city', { code: 'home', parent: null, vi: 'Tại nhà' });
		await seed();
		expect((await entry('home'))?.vi).toBe('Tại nhà');
	});

	test('a mistake is told by its field, and nothing is written', async () => {
		const before = (await catalogue()).version;
		const cases: [Partial<CatalogueEntry>, string, string][] = [
			[{ code: 'Chợ' }, 'bad_value', 'code'],
			[{ vi: ' ' }, 'missing', 'vi'],
			[{ en: 'x'.repeat(121) }, 'too_long', 'en'],
			[{ position: -1 }, 'out_of_range', 'position'],
			[{ from_day: '2026-02-30' }, 'bad_value', 'from_day'],
			[{ from_day: '2026-02-01', to_day: '2026-02-01' }, 'out_of_range', 'to_day'],
			[{ parent: 'khong_co' }, 'bad_value', 'parent'],
			[{ code: 'cho_khac', parent: 'cho_thu' }, 'bad_value', 'parent'],
			[{ code: 'market', parent: 'home' }, 'bad_value', 'parent'],
			[{ code: 'home', parent: 'home' }, 'bad_value', 'parent']
		];
		for (const [wrong, code, field] of cases)
			expect([wrong, await save('city', wrong)]).toEqual([
				wrong,
				{ entry: null, problems: [{ code, field }] }
			]);
		await expect(save('city', { list: 'khong_co' as never })).rejects.toMatchObject({
			code: 'PT400'
		});
		expect((await catalogue()).version).toBe(before);
	});

	test('nobody else edits the words of the city', async () => {
		const others: CastName[] = ['volunteer', 'leader', 'officer', 'coordinator', 'nobody'];
		for (const who of others) await expect(save(who), who).rejects.toMatchObject({ code: 'PT403' });
	});
});
