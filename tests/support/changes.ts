import { v7 } from 'uuid';
import { PROTOCOL } from '../../src/lib/data/functions';
import type { Columns } from '../../src/lib/domain/change';
import { rowsIn } from './columns';
import type { TestCity } from './databases';
import { units, type CastName } from './small_city';

type Fields = Record<string, unknown>;
export type Sent = {
	change_id: string;
	kind: string;
	record_id: string;
	group_id: string;
	base: number | null;
	fields: Fields;
	at: string;
};
export type Answered = {
	change_id: string;
	verdict: string;
	code?: string;
	field?: string;
	fields?: string[];
	seq?: number;
	was?: string;
};
export type Pulled = {
	group_id: string;
	cursor: string;
	more: boolean;
	reset: boolean;
} & Record<
	'households' | 'visits' | 'signups' | 'trainings' | 'requests' | 'goals' | 'thanks',
	(Fields & { id: string; seq: number })[]
>;

/** A change to a new record in Tổ 3 unless said otherwise. */
export function change(kind: string, fields: Fields, rest: Partial<Sent> = {}): Sent {
	return {
		change_id: v7(),
		kind,
		record_id: v7(),
		group_id: units.to3,
		base: null,
		fields,
		at: new Date().toISOString(),
		...rest
	};
}

export const household = (label: string, rest: Partial<Sent> = {}) =>
	change('household', { label }, rest);

export const visit = (household_id: string | null, fields: Fields = {}, rest: Partial<Sent> = {}) =>
	change(
		'visit',
		{
			household_id,
			day: localDay(),
			topics: ['vneid'],
			outcome: 'helped',
			people_helped: 1,
			...fields
		},
		rest
	);

export const signup = (
	household_id: string | null,
	fields: Fields = {},
	rest: Partial<Sent> = {}
) =>
	change(
		'signup',
		{ household_id, day: localDay(), service: 'vneid', result: 'created', people: 1, ...fields },
		rest
	);

export const training = (fields: Fields = {}, rest: Partial<Sent> = {}) =>
	change('training', { day: localDay(), topics: ['an_toan'], headcount: 12, ...fields }, rest);

/** Somebody asks a member in the street. */
export const request = (fields: Fields = {}, rest: Partial<Sent> = {}) =>
	change(
		'request',
		{
			label: 'Quán nước đầu ngõ',
			topic: 'vneid',
			asked_on: localDay(),
			source: 'team',
			consent: 'spoken_1',
			...fields
		},
		rest
	);

/** A day at UTC+7, some days from today. */
export function localDay(offset = 0): string {
	return new Date(Date.now() + 7 * 3600_000 + offset * 86_400_000).toISOString().slice(0, 10);
}

export async function push(city: TestCity, who: CastName, changes: unknown[]): Promise<Answered[]> {
	const answer = await city.call<{ verdicts: Answered[] }>(who, 'push', {
		protocol: 1,
		device: {},
		changes
	});
	return answer.verdicts;
}

/** The verdicts as words, in the order sent: "applied", "invalid date_in_future day". */
export async function verdicts(city: TestCity, who: CastName, changes: Sent[]): Promise<string[]> {
	const answered = await push(city, who, changes);
	return changes.map((sent) => {
		const one = answered.find((verdict) => verdict.change_id === sent.change_id);
		return [one?.verdict, one?.code, one?.field].filter(Boolean).join(' ');
	});
}

const KINDS = [
	'households',
	'visits',
	'signups',
	'trainings',
	'requests',
	'goals',
	'thanks'
] as const;
type ByColumns = Omit<Pulled, (typeof KINDS)[number]> &
	Record<(typeof KINDS)[number], Columns | null>;

/** Everything above the cursors, page after page, each record as a row. */
export async function pull(
	city: TestCity,
	who: CastName,
	cursors: Record<string, string> = {}
): Promise<Pulled[]> {
	const pages: Pulled[] = [];
	let more = true;
	while (more) {
		const asked = { protocol: PROTOCOL, cursors };
		const { groups } = await city.call<{ groups: ByColumns[] }>(who, 'pull', asked);
		for (const group of groups) {
			const rows = KINDS.map((kind) => [kind, rowsIn(group[kind], group.group_id)]);
			pages.push({ ...group, ...Object.fromEntries(rows) });
		}
		cursors = Object.fromEntries(groups.map((group) => [group.group_id, group.cursor]));
		more = groups.some((group) => group.more);
	}
	return pages;
}
