import { expect, test } from 'vitest';
import { progressOf } from '../../src/lib/domain/progress';
import { blankRow } from '../../src/lib/domain/record';
import { sessionAddress, sessionIn } from '../../src/lib/domain/session_code';
import { trainingsByHousehold, type Training } from '../../src/lib/domain/training';

const session = {
	id: '0199aaaa-0000-7000-8000-000000000001',
	day: '2026-11-02',
	topics: ['vneid', 'an_toan'],
	place: 'community_house',
	campaign: ''
};

const training = (household_ids: string[], discarded = false) =>
	({
		...blankRow('training', {
			id: household_ids.join(),
			group_id: 'to3',
			seq: 1,
			author_id: 'buoi',
			recorded_at: '',
			discarded
		}),
		household_ids
	}) as Training;

test('the code of a session says all that another team needs, and nothing goes to a server', () => {
	const address = sessionAddress('https://tung-nha.example', session);
	expect(new URL(address).pathname).toBe('/log/training/attach');
	expect(new URL(address).search).toBe('');
	expect(sessionIn(address)).toEqual(session);
	expect(sessionIn(new URL(address).hash)).toEqual(session);
});

test('any other code is none of a session', () => {
	const address = sessionAddress('', session);
	for (const text of [
		'',
		'#',
		'https://example.com',
		address.slice(0, -9),
		`${address}=`,
		'#'.padEnd(40, 'A')
	])
		expect(sessionIn(text)).toBeNull();
	const crafted = sessionAddress('', { ...session, day: '2026-02-30' });
	expect(sessionIn(crafted)).toBeNull();
	expect(sessionIn(sessionAddress('', { ...session, topics: [] }))).toBeNull();
});

test('whoever took part in a training is reached, until it is taken back', () => {
	const of = (trainings: Training[]) => progressOf([], [], trainings).reached;
	expect(of([])).toBe(false);
	expect(of([training(['nam'])])).toBe(true);
	expect(of([training(['nam'], true)])).toBe(false);
});

test('a household finds every training that it was at', () => {
	const both = training(['nam', 'sau']);
	const one = training(['nam']);
	const found = trainingsByHousehold([both, one]);
	expect(found.get('nam')).toEqual([both, one]);
	expect(found.get('sau')).toEqual([both]);
});
