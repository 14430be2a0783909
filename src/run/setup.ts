import { readConfig } from '../lib/server/config';
import { firstAdministrator } from './first_administrator';
import { asOwner } from './owner';

/**
 * `npm run setup`: prints a new code for the first administrator of the database at DATABASE_ADMIN_URL.
 * With `--again` also when there is one who has a password: for a password that was lost.
 */
await asOwner(async (db) => {
	const { origin } = readConfig({ ORIGIN: process.env.ORIGIN, PORT: process.env.PORT });
	const again = process.argv.includes('--again');
	const said = await firstAdministrator(db, { origin, again });
	process.stdout.write(
		said || 'Every city has an administrator. For a lost password: npm run setup -- --again\n'
	);
});
