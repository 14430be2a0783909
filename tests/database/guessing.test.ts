import { afterAll, beforeAll, expect, test } from 'vitest';
import { openPostgresCity, type TestCity } from '../support/databases';
import { door, SERVER, sha256 } from '../support/door';
import { cast } from '../support/small_city';

let city: TestCity;
beforeAll(async () => {
	city = await openPostgresCity();
	// A machine that is busy must not sit a wait out in the middle of a test.
	await city.owner.exec(
		'update app.limits set first_wait = first_wait * 1000, longest_wait = longest_wait * 1000'
	);
});
afterAll(() => city.close());
const { invite, join, newPhone } = door(() => city);

test('many tries at once gain nothing: five are heard, the others wait', async () => {
	const attempt = (address: string) =>
		city.callAs<{ wait: number }>(SERVER, 'server_sign_in_begin', {
			sign_in_name: 'ai.do',
			address,
			device_hash: null
		});
	const answers = await Promise.all(
		Array.from({ length: 60 }, (_, n) => attempt(sha256(`address ${n}`)))
	);
	expect(answers.filter(({ wait }) => wait === 0)).toHaveLength(5);
	for (const { wait } of answers) expect(wait).toBeLessThan(3000);
});

test('each wait is twice as long as the one before, up to the longest', async () => {
	const begin = async () =>
		(
			await city.callAs<{ wait: number }>(SERVER, 'server_sign_in_begin', {
				sign_in_name: 'ai.khac',
				address: sha256('a patient guesser'),
				device_hash: null
			})
		).wait;
	const heard = Array.from({ length: 5 }, begin);
	expect(await Promise.all(heard)).toEqual([0, 0, 0, 0, 0]);
	const waits: number[] = [];
	for (let n = 0; n < 12; n++) {
		waits.push(Math.round((await begin()) / 1000));
		await city.owner.exec('update app.tries set blocked_until = now()');
		expect(await begin()).toBe(0);
	}
	expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
});

test('of 10,000 guesses at one name five are heard, and its owner still gets in from a known device', async () => {
	const hash = '$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA';
	const { code } = await invite('city', 'officer');
	await join(code, newPhone(), { name: 'pham.khe', hash });
	const begin = (device_hash: string | null) =>
		city.callAs<{ wait: number; person_id?: string }>(SERVER, 'server_sign_in_begin', {
			sign_in_name: 'Phạm.Khế',
			address: sha256('an office'),
			device_hash
		});
	const begun = await begin(null);
	expect(begun).toMatchObject({ wait: 0, person_id: cast.officer.person_id });
	const signedIn = (known_hash: string | null) =>
		city.callAs(SERVER, 'server_sign_in_end', {
			sign_in_name: 'pham.khe',
			address: sha256('an office'),
			known_hash,
			person_id: cast.officer.person_id,
			password_hash: hash,
			session_hash: newPhone().session,
			sid: crypto.randomUUID(),
			label: 'Firefox · Windows',
			device_hash: sha256('the owner’s computer')
		});
	expect(await signedIn(null)).toMatchObject({ home: 'coverage' });
	const [guesses] = await city.owner.query<{ heard: number }>(
		`select (count(*) filter (where (app.sign_in_begin('pham.khe', md5(n::text), null) ->> 'wait')::int = 0))::int as heard
		from generate_series(1, 10000) n`
	);
	expect(guesses?.heard).toBe(5);
	expect((await begin(null)).wait).toBeGreaterThan(0);
	const owner = await begin(sha256('the owner’s computer'));
	expect(owner).toMatchObject({ wait: 0, person_id: cast.officer.person_id });
	expect(await signedIn(sha256('the owner’s computer'))).toMatchObject({ home: 'coverage' });
	expect((await begin(sha256('a guesser’s computer'))).wait).toBeGreaterThan(0);
	// A name that nobody has is slowed down just the same, and nothing tells them apart.
	const nobody = await city.callAs<object>(SERVER, 'server_sign_in_begin', {
		sign_in_name: 'khong.co.ai',
		address: sha256('an office'),
		device_hash: null
	});
	expect(nobody).toEqual({ wait: 0, person_id: null, password_hash: null });
});
