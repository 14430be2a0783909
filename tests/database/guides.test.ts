import { expect, test } from 'vitest';
import type { Catalogue } from '../../src/lib/domain/catalogue';
import type { Guide, SavedGuide } from '../../src/lib/domain/guide';
import { localDay } from '../support/changes';
import { onEachDatabase } from '../support/databases';
import type { CastName } from '../support/small_city';

const card: Guide = {
	list: 'rung',
	code: '2',
	vi: '## Các bước\n1. Ra công an',
	en: '## Steps\n1. Go to the police',
	source: 'Báo Đà Nẵng, 14/8/2025',
	checked_on: '2026-01-02'
};

onEachDatabase((city) => {
	const save = (who: CastName, more: Partial<Guide> = {}) =>
		city().call<SavedGuide>(who, 'save_guide', { guide: { ...card, ...more } });
	const catalogue = (who: CastName) => city().call<Catalogue>(who, 'catalogue', {});

	test('what the city office writes is in the catalogue of every phone, which notices that it changed', async () => {
		const before = (await catalogue('volunteer')).version;
		expect(await save('city')).toEqual({ problems: [], guide: card });
		const { version, guides } = await catalogue('volunteer');
		expect(version).not.toBe(before);
		expect(guides).toContainEqual(card);
		await save('administrator', { checked_on: '2026-03-04' });
		const after = await catalogue('volunteer');
		expect(after.version).not.toBe(version);
		expect(after.guides).toContainEqual({ ...card, checked_on: '2026-03-04' });
	});

	test('nobody else edits a card', async () => {
		for (const who of ['volunteer', 'leader', 'officer', 'coordinator'] as const)
			await expect(save(who, { vi: 'Tôi sửa' })).rejects.toMatchObject({ code: 'PT403' });
	});

	test.each([
		[{ vi: ' ' }, 'missing vi'],
		[{ en: 'x'.repeat(4001) }, 'too_long en'],
		[{ vi: 'mật khẩu: 123456' }, 'otp_in_note vi'],
		[{ source: '' }, 'missing source'],
		[{ checked_on: '' }, 'missing checked_on'],
		[{ checked_on: localDay(2) }, 'date_in_future checked_on'],
		[{ code: '6' }, 'bad_value code'],
		[{ list: 'service' as const, code: 'khong_co' }, 'bad_value code']
	])('of %o nothing is kept: %s', async (more, problem) => {
		const before = await city().owner.query('select * from app.guides order by code');
		const { guide, problems } = await save('city', more);
		expect(guide).toBeNull();
		expect(problems.map(({ code, field }) => `${code} ${field}`)).toEqual([problem]);
		expect(await city().owner.query('select * from app.guides order by code')).toEqual(before);
	});
});
