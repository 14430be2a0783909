import { expect, test } from 'vitest';
import { privateIn } from '../../src/lib/domain/checks/note';
import { LADDER } from '../../src/lib/domain/ladder';
import { blocksOf } from '../../src/lib/domain/markdown';
import { readCsv } from '../../supabase/seed/csv';
import { readGuides } from '../../supabase/seed/guides';

const guides = readGuides();

test('there is a card for every sign-up service and every rung', () => {
	const services = readCsv<'list' | 'code'>('./catalogue.csv')
		.filter(({ list }) => list === 'service')
		.map(({ code }) => `service ${code}`);
	const rungs = LADDER.map(({ rung }) => `rung ${rung}`);
	expect(guides.map(({ list, code }) => `${list} ${code}`).sort()).toEqual(
		[...services, ...rungs].sort()
	);
});

test.each(guides)('the card $list $code takes a minute, has steps, and warns of fraud', (guide) => {
	expect(guide.source).not.toBe('');
	expect(guide.checked_on).toMatch(/^\d{4}-\d{2}-\d{2}$/);
	for (const text of [guide.vi, guide.en]) {
		const kinds = blocksOf(text).map(({ kind }) => kind);
		expect(kinds).toContain('steps');
		expect(kinds).toContain('warning');
		expect(kinds).not.toContain('');
		// Read aloud at 150 words a minute it may take two; steps that are done meanwhile take longer.
		expect(text.split(/\s+/).length).toBeLessThan(300);
		expect(text.length).toBeLessThan(4000);
		expect(privateIn(text)).toBeNull();
		// No link to tap: an address is typed by whoever needs it.
		expect(text).not.toMatch(/https?:|\]\(/);
	}
});
