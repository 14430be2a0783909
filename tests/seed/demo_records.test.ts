import { describe, expect, test } from 'vitest';
import { readCsv } from '../../supabase/seed/csv';
import { workOf } from '../../supabase/seed/demo/group_work';
import type { DemoRecord } from '../../supabase/seed/demo/record';
import { makeTeams } from '../../supabase/seed/demo/teams';
import { checkGoal } from '../../src/lib/domain/checks/goal';
import { checkHousehold } from '../../src/lib/domain/checks/household';
import { checkAsk } from '../../src/lib/domain/checks/request';
import { RESIDENT } from '../../src/lib/domain/request';
import { checkSignup } from '../../src/lib/domain/checks/signup';
import { fold } from '../../src/lib/domain/text';
import { checkTraining } from '../../src/lib/domain/checks/training';
import { checkVisit } from '../../src/lib/domain/checks/visit';

const TODAY = '2026-11-23';

const work = makeTeams().map((team) => ({ team, records: workOf(team, TODAY) }));
const records = work.flatMap((it) => it.records);
const codes = new Set(
	readCsv<'list' | 'code'>('./catalogue.csv').map(({ list, code }) => `${list} ${code}`)
);

describe('every record of the demo', () => {
	test('would be saved by a phone', () => {
		for (const record of records) expect(problemsOf(record), JSON.stringify(record)).toEqual([]);
	});

	test('uses the words of the catalogue', () => {
		const used = new Set(records.flatMap(wordsOf));
		expect([...used].filter((word) => !codes.has(word))).toEqual([]);
	});

	test('was written by somebody of the team, or asked by a resident', () => {
		for (const { team, records } of work) {
			const people = [...team.people.map((it) => it.person_id), RESIDENT];
			expect(records.every((it) => people.includes(it.author_id))).toBe(true);
		}
	});

	test('follows the record that it is about', () => {
		for (const { records } of work) {
			const known = new Set<string | null>([null]);
			for (const record of records) {
				if ('household_id' in record.fields) expect(known).toContain(record.fields.household_id);
				if ('visit_id' in record.fields) expect(known).toContain(record.fields.visit_id);
				known.add(record.id);
			}
		}
	});
});

test('the neighbours of a group call every household differently, with and without marks', () => {
	for (const { records } of work) {
		const labels = records.flatMap((it) => (it.kind === 'household' ? fold(it.fields.label) : []));
		expect(labels.length).toBeGreaterThanOrEqual(40);
		expect(labels.length).toBeLessThanOrEqual(120);
		expect(new Set(labels).size).toBe(labels.length);
	}
});

test('teams go out on weekends more than on other days', () => {
	const visits = records.filter((it) => it.kind === 'visit');
	const weekend = visits.filter((it) => [0, 6].includes(new Date(it.fields.day).getUTCDay()));
	expect(weekend.length / visits.length).toBeGreaterThan(0.4);
});

test('the demo is large enough to look alive and small enough to load at once', () => {
	expect(records.filter((it) => it.kind === 'household').length).toBeGreaterThan(2200);
	expect(records.length).toBeGreaterThan(8000);
	expect(records.length).toBeLessThan(12_000);
});

function problemsOf(record: DemoRecord) {
	switch (record.kind) {
		case 'household':
			return checkHousehold(record.fields);
		case 'visit':
			return checkVisit(record.fields, TODAY);
		case 'signup':
			return checkSignup(record.fields, TODAY);
		case 'training':
			return checkTraining(record.fields, TODAY);
		case 'request':
			return checkAsk(record.fields);
		case 'goal':
			return checkGoal(record.fields);
	}
}

function wordsOf({ kind, fields }: DemoRecord): string[] {
	if (kind === 'household' || kind === 'goal') return [];
	if (kind === 'request') return fields.topic ? [`topic ${fields.topic}`] : [];
	if (kind === 'signup') return [`service ${fields.service}`, `result ${fields.result}`];
	const words = [
		`place ${fields.place}`,
		...fields.topics.map((it) => `${kind === 'training' ? 'training_topic' : 'topic'} ${it}`),
		...(fields.campaign ? [`campaign ${fields.campaign}`] : []),
		...Object.keys(fields.people_by_group).map((it) => `counted_group ${it}`)
	];
	if (kind === 'training') return words;
	return [...words, `outcome ${fields.outcome}`, ...fields.barriers.map((it) => `barrier ${it}`)];
}
