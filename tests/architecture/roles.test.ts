import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rolePages } from '../../src/run/role_pages';
import { ROLES, VERBS } from '../../src/lib/domain/role';
import { ROLE_VERBS } from '../../src/lib/domain/role_verbs';

test('what is written of the roles is what the database grants them (npm run roles)', async () => {
	for (const [path, text] of Object.entries(await rolePages()))
		expect(readFileSync(path, 'utf8'), path).toBe(text);
});

test('every role and every verb of the database has its words', () => {
	expect(Object.keys(ROLE_VERBS)).toEqual([...ROLES]);
	const verbs = new Set(Object.values(ROLE_VERBS).flat());
	expect([...verbs].sort()).toEqual([...VERBS].sort());
	for (const locale of ['vi', 'en']) {
		const said = JSON.parse(readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8'));
		for (const verb of VERBS) expect(said[`rights_verb_${verb}`], `${locale} ${verb}`).toBeTruthy();
	}
});
