import type { ApiRule } from './answers';
import type { Focus } from './arguments';
import type { Person, Row } from './expectations';
import { groupsBelow } from './scope';
import { twinIds } from './seed';
import { factsIn, type Truth } from './truth';

const idOf = (group: string) => group.split('/')[1] ?? '';

/** What leaders are asked about their records: there is one question about twins in every group. */
export const QUESTIONS: Record<string, ApiRule> = {
	questions: {
		audience: 'people',
		says: ({ groups, questions, answers }: Record<string, Row[]>) => [
			...(groups ?? []).map(({ group_id }) => `group ${group_id}`),
			...(questions ?? [])
				.filter(({ kind }) => kind === 'copies')
				.map(({ group_id }) => `asked of ${group_id}`),
			...(answers ?? []).map(({ group_id }) => `answered in ${group_id}`)
		],
		expects: (who, asked, { world }) =>
			groupsAt(who, asked, world).flatMap((group) =>
				['group', 'asked of', 'answered in'].map((what) => `${what} ${idOf(group)}`)
			),
		shows: (who, asked, truth) => [
			...teamMembers(who, truth),
			...factsIn(
				(truth.rows.get('app.question_answers') ?? [])
					.filter(({ city_id, group_id }) =>
						groupsAt(who, asked, truth.world).includes(`${String(city_id)}/${String(group_id)}`)
					)
					.map(({ answer_id, note, group_id }) => [answer_id, note, group_id])
			)
		]
	},
	question_records: {
		audience: 'people',
		says: ({ records }: { records: Row[] }) => records.map(({ id }) => String(id)),
		expects: (who, { city, n, group_id }) =>
			(['read_questions', 'read_records'] as const).every((verb) =>
				who.groups(verb).has(`${who.person.city}/${group_id}`)
			)
				? twinIds(String(city), n)
				: [],
		shows: (who, _, truth) => teamMembers(who, truth)
	},
	answer_question: {
		audience: 'people',
		says: ({ problem }: Row) => (problem ? [] : ['answered']),
		expects: (who, { group_id }) =>
			who.groups('answer_questions').has(`${who.person.city}/${group_id}`) ? ['answered'] : []
	}
};

/** The groups below a place of which a person reads the questions. */
function groupsAt(who: Person, { unit_id }: Focus, world: Truth['world']): string[] {
	const mine = [...who.groups('read_questions')];
	if (unit_id === null) return mine;
	const below = groupsBelow(world, who.person.city, unit_id);
	return mine.filter((group) => below.includes(group));
}

/** Who may have written records, and answered. */
const teamMembers = (who: Person, { world }: Truth) =>
	who.verbs.has('read_questions')
		? world.people
				.filter(
					({ city, memberships }) =>
						city === who.person.city && memberships.some(({ team_id }) => team_id)
				)
				.flatMap(({ person_id, name }) => [person_id, ...factsIn(name)])
		: [];
