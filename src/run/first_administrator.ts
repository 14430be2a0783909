import { linkOf, spokenCode } from '../lib/domain/invitation';
import type { OwnerDatabase } from './migrations';

/**
 * The words with which the first administrator of each city is let in: a code good once, for 72 hours.
 * Empty when there is an administrator who has a password, unless `again` asks for a new code.
 * A demo city needs none: anybody may play its people.
 */
export async function firstAdministrator(
	db: OwnerDatabase,
	{ origin, again }: { origin: string; again: boolean }
): Promise<string> {
	const cities = await db.query<{ name: string; code: string | null }>(
		`select c.name, app.first_administrator(c.city_id, $1::boolean) as code
		from app.cities c
		where not c.demo and exists (select from app.units u where u.city_id = c.city_id and u.level = 'city')`,
		[again]
	);
	return cities
		.filter((city) => city.code !== null)
		.map(
			({ name, code }) =>
				`\nQuản trị của ${name} · administrator of ${name}\n` +
				`  ${linkOf(code ?? '', origin)}\n` +
				`  mã · code: ${spokenCode(code ?? '')}\n` +
				`  Dùng một lần, trong 72 giờ. Good once, for 72 hours. Keep it to yourself.\n`
		)
		.join('');
}
