import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

type Message = string | { declarations: string[]; match: Record<string, string> }[];

function messages(locale: string): Record<string, Message> {
	const file = readFileSync(`src/lib/i18n/messages/${locale}.json`, 'utf8');
	const { $schema: _, ...all } = JSON.parse(file);
	return all;
}

const vi = messages('vi');
const en = messages('en');

/** The names in braces that a message fills in, in whichever form it is written. */
function inputs(message: Message | undefined): string[] {
	const texts =
		typeof message === 'string'
			? [message]
			: (message ?? []).flatMap((variant) => Object.values(variant.match));
	const names = texts.flatMap((text) => text.match(/\{\w+\}/g) ?? []);
	return [...new Set(names)].sort();
}

test('every word on a screen is there in Vietnamese and in English', () => {
	expect(Object.keys(en).sort()).toEqual(Object.keys(vi).sort());
	for (const [key, message] of [...Object.entries(vi), ...Object.entries(en)])
		expect(JSON.stringify(message), key).not.toBe('""');
});

test('a message fills in the same values in both languages', () => {
	for (const key of Object.keys(vi)) expect(inputs(en[key]), key).toEqual(inputs(vi[key]));
});

test('Vietnamese is composed and written with Đ, not with Eth', () => {
	const text = readFileSync('src/lib/i18n/messages/vi.json', 'utf8');
	expect(text).toBe(text.normalize('NFC'));
	expect(text).not.toMatch(/[Ðð]/);
});
