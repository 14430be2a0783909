import { expect, test } from 'vitest';
import type { UnitLists } from '../../src/lib/domain/unit';
import { onEachDatabase } from '../support/databases';

onEachDatabase((city) => {
	test('the city names its teams, levels and kinds; a kind in use stays', async () => {
		const { levels, kinds } = await city().call<UnitLists>('city', 'unit_lists');
		const words = {
			team_name: ' Tổ chuyển đổi số cộng đồng ',
			levels: levels.map((one) => (one.level === 'group' ? { ...one, vi: 'Ấp, khu vực' } : one)),
			kinds: [
				...kinds.filter(({ kind }) => !['tdp', 'khom'].includes(kind)),
				{ kind: 'soc', level: 'group', vi: 'Sóc', en: 'Khmer hamlet' }
			]
		};
		const answer = await city().call<typeof words>('city', 'set_unit_words', { words });
		expect(answer.team_name).toBe('Tổ chuyển đổi số cộng đồng');
		expect(answer.levels).toContainEqual({ level: 'group', vi: 'Ấp, khu vực', en: 'Group' });
		const left = answer.kinds.map(({ kind }) => kind);
		expect([left.includes('soc'), left.includes('khom'), left.includes('tdp')]).toEqual([
			true,
			false,
			true
		]);
		expect(await city().call('volunteer', 'me')).toMatchObject({
			team_name: 'Tổ chuyển đổi số cộng đồng'
		});
		await expect(
			city().call('city', 'set_unit_words', { words: { ...words, team_name: ' ' } })
		).rejects.toMatchObject({ code: '23514' });
	});
});
