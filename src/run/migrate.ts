import { seedCatalogue, seedGuides, seedPlans, seedUnits } from '../../supabase/seed/seed';
import { daNang } from '../../supabase/seed/city';
import { readConfig } from '../lib/server/config';
import { firstAdministrator } from './first_administrator';
import { applyMigrations } from './migrations';
import { asOwner } from './owner';

/**
 * `npm run migrate`: brings the database at DATABASE_ADMIN_URL (a login that owns it) up to date, and
 * with `--seed` loads the units, the catalogue and the plans. Both may be run again at any time. As long as nobody
 * administers the city, it prints the code by which somebody can begin.
 */
await asOwner(async (db) => {
	const applied = await applyMigrations(db);
	process.stdout.write(applied.length > 0 ? `Applied: ${applied.join(', ')}\n` : 'Up to date.\n');
	if (process.argv.includes('--seed')) {
		await db.exec('begin');
		await seedUnits(db, daNang);
		await seedCatalogue(db, daNang);
		await seedGuides(db, daNang);
		await seedPlans(db, daNang);
		await db.exec('commit');
		process.stdout.write('Units, catalogue and plans are there.\n');
	}
	const { origin } = readConfig({ ORIGIN: process.env.ORIGIN, PORT: process.env.PORT });
	process.stdout.write(await firstAdministrator(db, { origin, again: false }));
});
