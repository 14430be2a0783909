import { expect, test } from 'vitest';
import type { OpenFiguresAnswer } from '../../src/lib/data/open_answers';
import { localDay, push, household, signup } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import { units } from '../support/small_city';

const STRANGER = { role: 'anon', claims: { role: 'anon' } } as const;

onEachDatabase((city) => {
	const look = () => city().callAs<OpenFiguresAnswer>(STRANGER, 'open_figures', { city_id: null });

	test('a stranger is told nothing until the city office says so, and nothing again when it withdraws', async () => {
		const home = household('Nhà cô Năm');
		const long_ago = localDay(-45);
		await push(city(), 'volunteer', [
			home,
			signup(home.record_id, { day: long_ago, people: 12 }),
			signup(home.record_id, { day: long_ago, people: 13 })
		]);
		expect(await look()).toEqual({ threshold: 10, cities: [], figures: null });

		expect(await city().call('city', 'publishing')).toMatchObject({ since: null });
		await city().call('city', 'set_publishing', { publish: true });
		const { figures } = await look();
		const month = figures?.months.find((one) => one.month.startsWith(long_ago.slice(0, 7)));
		expect(month).toMatchObject({ signed_up: 25, reached: null, edition: 'thu' });
		const ward = month?.wards.find(({ ward_id }) => ward_id === units.haiChau);
		// One household is too few to be told; twenty-five people are not.
		expect(ward).toMatchObject({ name: 'Phường Hải Châu', signed_up: 25, reached: null });

		await city().call('city', 'set_publishing', { publish: false });
		expect(await look()).toMatchObject({ cities: [], figures: null });
		const { acts } = await city().call<{ acts: { act: string }[] }>('city', 'audit', {
			before: null
		});
		expect(acts.map(({ act }) => act).slice(0, 2)).toEqual(['withdraw_figures', 'publish_figures']);
	});

	test('a month stays as it was published, whatever is corrected later', async () => {
		await city().call('city', 'set_publishing', { publish: true });
		const before = await look();
		const home = household('Nhà bác Sáu');
		await push(city(), 'volunteer', [
			home,
			signup(home.record_id, { day: localDay(-45), people: 30 })
		]);
		await city().callAs({ role: 'app_server', claims: {} }, 'server_release_open_figures');
		expect(await look()).toEqual(before);
	});

	test('nobody but the city office and administrators publishes', async () => {
		for (const who of ['volunteer', 'leader', 'officer', 'coordinator'] as const) {
			await expect(city().call(who, 'set_publishing', { publish: true })).rejects.toMatchObject({
				code: '42501'
			});
			await expect(city().call(who, 'publishing')).rejects.toMatchObject({ code: '42501' });
		}
		await expect(city().callAs(STRANGER, 'publishing')).rejects.toMatchObject({ code: '42501' });
		await expect(city().callAs(STRANGER, 'me')).rejects.toMatchObject({ code: '42501' });
	});
});
