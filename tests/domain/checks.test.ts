import { describe, expect, test } from 'vitest';
import { blankHousehold } from '../../src/lib/domain/household';
import { checkHousehold } from '../../src/lib/domain/checks/household';
import { blankSignup } from '../../src/lib/domain/signup';
import { checkSignup } from '../../src/lib/domain/checks/signup';
import { blankTraining } from '../../src/lib/domain/training';
import { checkReason } from '../../src/lib/domain/checks/reason';
import { checkTraining } from '../../src/lib/domain/checks/training';
import { cleanLabel } from '../../src/lib/domain/text';
import type { VisitFields } from '../../src/lib/domain/visit';
import { checkVisit } from '../../src/lib/domain/checks/visit';

const TODAY = '2026-11-02';

const visit: VisitFields = {
	household_id: 'h1',
	day: TODAY,
	place: 'home',
	topics: ['vneid'],
	outcome: 'helped',
	people_helped: 2,
	people_by_group: { elderly: 1 },
	barriers: [],
	campaign: '',
	follow_up_on: null,
	note: ''
};

describe('a visit', () => {
	const problems = (fields: Partial<VisitFields>) => checkVisit({ ...visit, ...fields }, TODAY);

	test('that is complete is saved without a question', () => {
		expect(problems({})).toEqual([]);
	});

	test('of tomorrow is not saved', () => {
		expect(problems({ day: '2026-11-03' })).toEqual([{ code: 'date_in_future', field: 'day' }]);
	});

	test('that helped says with what, and whom', () => {
		expect(problems({ topics: [] })).toEqual([{ code: 'missing', field: 'topics' }]);
		expect(problems({ people_helped: 0, people_by_group: {} })).toEqual([
			{ code: 'missing', field: 'people_helped' }
		]);
	});

	test('says all that is missing at once, besides what is wrong in the note', () => {
		const found = problems({ topics: [], note: '048090001234' }).map(({ field }) => field);
		expect(found.sort()).toEqual(['note', 'topics']);
	});

	test('at a closed door needs neither', () => {
		const closed = { outcome: 'not_home', topics: [], people_helped: 0, people_by_group: {} };
		expect(problems(closed)).toEqual([]);
	});

	test('counts at most 500 people, whole ones', () => {
		for (const people_helped of [501, -1, 1.5])
			expect(problems({ people_helped, people_by_group: {} })).toEqual([
				{ code: 'out_of_range', field: 'people_helped' }
			]);
	});

	test('cannot have more elderly people than people', () => {
		expect(problems({ people_by_group: { elderly: 3 } })).toEqual([
			{ code: 'out_of_range', field: 'people_by_group' }
		]);
	});

	test('one person may be counted in two groups', () => {
		expect(problems({ people_by_group: { elderly: 2, disabled: 2 } })).toEqual([]);
	});

	test('is followed up on the same day or later', () => {
		expect(problems({ follow_up_on: '2026-11-09' })).toEqual([]);
		expect(problems({ follow_up_on: '2026-11-01' })).toEqual([
			{ code: 'out_of_range', field: 'follow_up_on' }
		]);
	});

	test('of a household that this phone does not have is not saved', () => {
		expect(checkVisit(visit, TODAY, () => false)).toEqual([
			{ code: 'unknown_household', field: 'household_id' }
		]);
		expect(checkVisit({ ...visit, household_id: null }, TODAY, () => false)).toEqual([]);
	});

	test('keeps codes that this version does not know', () => {
		expect(problems({ topics: ['hoc_ai'], outcome: 'postponed', place: 'boat' })).toEqual([]);
	});

	test('never keeps an identity number in its note', () => {
		for (const note of [
			'CCCD 048090001234',
			'048 090 001 234',
			'048.090.001.234',
			'048-090-001234',
			'048 - 090 - 001234'
		])
			expect(problems({ note })).toEqual([{ code: 'id_number_in_note', field: 'note' }]);
		expect(problems({ note: 'gọi 0912 345 678 sau 17:00' })).toEqual([]);
	});

	test('never keeps the number of a card, a one-time code or an e-mail address, and says which it was', () => {
		const found = (note: string) => problems({ note }).map(({ code }) => code);
		expect(found('thẻ 9704 1234 5678 9012')).toEqual(['card_number_in_note']);
		expect(found('mã OTP là 482 913')).toEqual(['otp_in_note']);
		expect(found('gửi về co.nam@example.com')).toEqual(['email_in_note']);
		expect(found('quên mật khẩu từ 2024, hẹn 17:00')).toEqual([]);
	});

	test('says in a note what people say, with emoji and from right to left', () => {
		for (const note of ['👵🏽 nhà cuối hẻm', '\u202eنص\u202c', 'Cô hẹn'.normalize('NFD')])
			expect(problems({ note })).toEqual([]);
		expect(problems({ note: 'ễ'.repeat(10_000) })).toEqual([{ code: 'too_long', field: 'note' }]);
	});

	test('takes a note of 1,000 letters, however its marks are stored', () => {
		expect(problems({ note: 'ễ'.repeat(1000).normalize('NFD') })).toEqual([]);
		expect(problems({ note: 'ễ'.repeat(1001) })).toEqual([{ code: 'too_long', field: 'note' }]);
	});
});

test('a check never throws, whatever it is given', () => {
	for (const nonsense of [
		undefined,
		null,
		3,
		'visit',
		[],
		{ topics: 'vneid', day: 5 },
		{ day: {} }
	]) {
		const fields = nonsense as unknown as VisitFields;
		expect(checkVisit(fields, TODAY).length).toBeGreaterThan(0);
	}
	const fields = { ...visit, day: undefined, note: 7 } as unknown as VisitFields;
	expect(checkVisit(fields, TODAY)).toEqual([
		{ code: 'missing', field: 'day' },
		{ code: 'bad_value', field: 'note' }
	]);
});

test('a household has a label of 1 to 80 letters that is no identity number', () => {
	const problems = (label: string) => checkHousehold({ ...blankHousehold, label });
	expect(problems('Nhà cô Năm tạp hóa')).toEqual([]);
	expect(problems('   ')).toEqual([{ code: 'missing', field: 'label' }]);
	expect(problems('a'.repeat(81))).toEqual([{ code: 'too_long', field: 'label' }]);
	expect(problems('048090001234')).toEqual([{ code: 'id_number_in_note', field: 'label' }]);
	expect(problems('Cô Năm 0905 000 123')).toEqual([{ code: 'phone_number', field: 'label' }]);
});

test('a label reads the same on every phone: nothing in it turns the letters around', () => {
	const turned = 'Nhà \u202emăN ôc\u202c \u2066K9\u2069\u200f';
	const problems = (label: string) => checkHousehold({ ...blankHousehold, label });
	expect(problems(turned)).toEqual([{ code: 'bad_value', field: 'label' }]);
	expect(cleanLabel(turned)).toBe('Nhà măN ôc K9');
	expect(problems(cleanLabel(turned))).toEqual([]);
	expect(cleanLabel('Nhà 👨‍👩‍👧 cô Năm')).toBe('Nhà 👨‍👩‍👧 cô Năm');
});

test('what was not asked of a household stays unasked', () => {
	expect(blankHousehold.smartphone).toBeNull();
});

test('a sign-up names a service, a result and at least one person', () => {
	const signup = { ...blankSignup, day: TODAY, service: 'vneid', result: 'created' };
	expect(checkSignup(signup, TODAY)).toEqual([]);
	expect(checkSignup({ ...signup, service: '', people: 0 }, TODAY)).toEqual([
		{ code: 'missing', field: 'service' },
		{ code: 'out_of_range', field: 'people' }
	]);
});

test('a training session has topics and 1 to 2,000 people', () => {
	const training = { ...blankTraining, day: TODAY, topics: ['an_toan'], headcount: 30 };
	expect(checkTraining(training, TODAY)).toEqual([]);
	expect(checkTraining({ ...training, topics: [] }, TODAY)).toEqual([
		{ code: 'missing', field: 'topics' }
	]);
	expect(checkTraining({ ...training, headcount: 2001 }, TODAY)).toEqual([
		{ code: 'out_of_range', field: 'headcount' }
	]);
	expect(checkTraining({ ...training, people_by_group: { elderly: 31 } }, TODAY)).toEqual([
		{ code: 'out_of_range', field: 'people_by_group' }
	]);
});

test('a training lies in no future, and has no more households than people', () => {
	const training = { ...blankTraining, day: TODAY, topics: ['an_toan'], headcount: 2 };
	expect(checkTraining({ ...training, day: '2026-11-03' }, TODAY)).toEqual([
		{ code: 'date_in_future', field: 'day' }
	]);
	expect(checkTraining({ ...training, household_ids: ['a', 'b'] }, TODAY)).toEqual([]);
	expect(checkTraining({ ...training, household_ids: ['a', 'b', 'c'] }, TODAY)).toEqual([
		{ code: 'out_of_range', field: 'household_ids' }
	]);
	for (const headcount of [0, -1])
		expect(checkTraining({ ...training, headcount }, TODAY)).toEqual([
			{ code: 'out_of_range', field: 'headcount' }
		]);
});

test('households attached to a session of others bring nobody to be counted again', () => {
	const attached = {
		...blankTraining,
		day: TODAY,
		topics: ['an_toan'],
		session_id: 's',
		headcount: 0
	};
	expect(checkTraining({ ...attached, household_ids: ['a', 'b'] }, TODAY)).toEqual([]);
	expect(checkTraining(attached, TODAY)).toEqual([{ code: 'missing', field: 'household_ids' }]);
});

test('a correction says why in a few words, and never with a number that must not be kept', () => {
	expect(checkReason('ghi nhầm số người')).toEqual([]);
	expect(checkReason('  ')).toEqual([{ code: 'missing', field: 'reason' }]);
	expect(checkReason('x'.repeat(201))).toEqual([{ code: 'too_long', field: 'reason' }]);
	expect(checkReason('048090001234')).toEqual([{ code: 'id_number_in_note', field: 'reason' }]);
});
