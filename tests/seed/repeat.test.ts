import { afterAll, beforeAll, expect, test } from 'vitest';
import { seedDemo } from '../../supabase/seed/demo/seed';
import { daNang, seedCatalogue, seedPlans, seedUnits } from '../../supabase/seed/seed';
import { emptyDatabase, everything } from './database';

let db: Awaited<ReturnType<typeof emptyDatabase>>;

beforeAll(async () => {
	db = await emptyDatabase();
	await seedUnits(db, daNang);
	await seedCatalogue(db, daNang);
	await seedPlans(db, daNang);
});
afterAll(() => db.close());

test('seeding a city twice changes nothing', async () => {
	const before = await everything(db);
	await seedUnits(db, daNang);
	await seedCatalogue(db, daNang);
	await seedPlans(db, daNang);
	expect(await everything(db)).toEqual(before);
});

test('a word that the city chose is not taken back', async () => {
	await db.exec("update app.catalogue set vi = 'Căn cước điện tử' where code = 'vneid'");
	const before = await everything(db);
	await seedCatalogue(db, daNang);
	expect(await everything(db)).toEqual(before);
});

test('no invented people get into a real city', async () => {
	await expect(seedDemo(db, { today: '2026-11-23' })).rejects.toThrow('a real city');
	expect(await db.query('select from app.people')).toEqual([]);
});
