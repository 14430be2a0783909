import { expect, test } from 'vitest';
import { guidesFor, isOld, type Guide } from '../../src/lib/domain/guide';
import { blocksOf, spokenOf } from '../../src/lib/domain/markdown';

test('a card has headings, steps, points, warnings and bold words, and nothing else', () => {
	expect(
		blocksOf(
			'## Các bước\n1. Mở **VNeID**\n2. Bấm\n  vào đây\n\n- một\n- hai\n\n> Cẩn thận\n> lắm\n\nXong\nrồi'
		)
	).toEqual([
		{ kind: 'heading', spans: [{ text: 'Các bước', bold: false }] },
		{
			kind: 'steps',
			items: [
				[
					{ text: 'Mở ', bold: false },
					{ text: 'VNeID', bold: true }
				],
				[
					{ text: 'Bấm', bold: false },
					{ text: ' ', bold: false },
					{ text: 'vào đây', bold: false }
				]
			]
		},
		{ kind: 'points', items: [[{ text: 'một', bold: false }], [{ text: 'hai', bold: false }]] },
		{
			kind: 'warning',
			spans: ['Cẩn thận', ' ', 'lắm'].map((text) => ({ text, bold: false }))
		},
		{ kind: 'paragraph', spans: ['Xong', ' ', 'rồi'].map((text) => ({ text, bold: false })) }
	]);
});

test('HTML, links and odd marks stay the text that they are', () => {
	for (const text of [
		'<img src=x onerror=alert(1)>',
		'[bấm](javascript:alert(1))',
		'**',
		'# ',
		'`code`'
	])
		expect(blocksOf(text)).toEqual([
			{ kind: 'paragraph', spans: [{ text: text.trim(), bold: false }] }
		]);
	expect(blocksOf('\n \n')).toEqual([]);
});

test('a voice reads no marks', () => {
	expect(spokenOf('## Các bước\n1. Mở **VNeID**\n\n> Không đưa mã OTP!')).toBe(
		'Các bước.\nMở VNeID.\nKhông đưa mã OTP!'
	);
});

test('a card is old when it was not checked for six months', () => {
	expect(isOld({ checked_on: '2026-05-23' }, '2026-11-23')).toBe(false);
	expect(isOld({ checked_on: '2026-05-22' }, '2026-11-23')).toBe(true);
});

test('a visit finds the cards of its services and of the rung that its topics lead to', () => {
	const card = (list: Guide['list'], code: string): Guide => ({
		...{ list, code, vi: 'x', en: 'x', source: 'x', checked_on: '2026-11-01' }
	});
	const guides = [card('service', 'vneid'), card('rung', '2'), card('service', 'dvc')];
	const catalogue = { version: '1', entries: [], guides };
	expect(guidesFor(catalogue, { services: ['vneid'], topics: ['vneid'] })).toEqual(
		guides.slice(0, 2)
	);
	expect(guidesFor({ version: '1', entries: [] }, { services: ['vneid'], topics: [] })).toEqual([]);
});
