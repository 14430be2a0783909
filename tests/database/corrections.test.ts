import { expect, test } from 'vitest';
import { v7 } from 'uuid';
import { household, push, signup, training, verdicts, visit, type Sent } from '../support/changes';
import { onEachDatabase } from '../support/databases';

onEachDatabase((city) => {
	/** What was done at a door, each kind once, and its correction with these words besides. */
	async function done() {
		const home = household('Nhà cô Năm');
		const records = [visit(home.record_id), signup(home.record_id), training()];
		const answered = await push(city(), 'volunteer', [home, ...records]);
		const seqOf = (of: Sent) =>
			answered.find(({ change_id }) => change_id === of.change_id)?.seq ?? 0;
		const [met, account, session] = records as [Sent, Sent, Sent];
		const again = (of: Sent, fields: Sent['fields']): Sent => ({
			...of,
			change_id: v7(),
			base: seqOf(of),
			fields
		});
		return {
			met: (fields: object) => again(met, { people_helped: 3, ...fields }),
			account: (fields: object) => again(account, { people: 2, ...fields }),
			session: (fields: object) => again(session, { headcount: 30, ...fields }),
			home: (fields: object) => again(home, { ...fields })
		};
	}

	test('what was done is not corrected without saying why, whatever app it comes from', async () => {
		const { met, account, session } = await done();
		for (const correct of [met, account, session])
			for (const words of [{}, { reason: '' }, { reason: '  ' }, { reason: null }])
				expect(await verdicts(city(), 'volunteer', [correct(words)])).toEqual([
					'invalid missing reason'
				]);
		const reason = 'Ghi thiếu người';
		expect(
			await verdicts(city(), 'volunteer', [
				met({ reason }),
				account({ reason }),
				session({ reason })
			])
		).toEqual(Array(3).fill('applied'));
	});

	test('nor does it lose a correction that its writer explains when it is sent back', async () => {
		const { met } = await done();
		const silent = met({});
		expect(await verdicts(city(), 'volunteer', [silent])).toEqual(['invalid missing reason']);
		// Sent again as it was, it hears the same; with a reason it is another change.
		expect(await verdicts(city(), 'volunteer', [silent])).toEqual(['invalid missing reason']);
		expect(await verdicts(city(), 'volunteer', [met({ reason: 'Ghi nhầm' })])).toEqual(['applied']);
	});

	test('an undo, a look, and what is sent again unchanged need no words', async () => {
		const { met, account } = await done();
		const looked = { ...met({}), fields: { looked: true } };
		const same = { ...account({}), fields: { people: 1, service: 'vneid' } };
		const undone = { ...met({}), fields: { discarded: true, reason: 'undo' } };
		expect(await verdicts(city(), 'volunteer', [looked, same, undone])).toEqual(
			Array(3).fill('applied')
		);
	});

	test('a household is described anew as often as somebody is there, without a reason', async () => {
		const { home } = await done();
		expect(await verdicts(city(), 'volunteer', [home({ adults: 3, smartphone: true })])).toEqual([
			'applied'
		]);
	});
});
