import { edit, type Hole } from './hole';

/** Mistakes in who hears what leaders are asked, and who answers. */
export const QUESTION_HOLES: Hole[] = [
	edit(
		'questions: of every group of the city',
		'app.questions',
		"select m from app.my_group_ids('read_questions') m",
		"select m from (select u.unit_id from app.units u where u.city_id = city and u.level = 'group') every_group(m)"
	),
	edit(
		'the records behind a question: for a coordinator, too',
		'app.question_records',
		"or p_group_id not in (select app.my_group_ids('read_records'))",
		''
	),
	edit(
		'a question is answered by whoever reads it',
		'app.answer_question',
		"app.my_group_ids('answer_questions')",
		"app.my_group_ids('read_questions')"
	),
	{
		name: 'answers: granted, with a policy that lets all through',
		sql: `create policy "answers are public" on app.question_answers for select to authenticated using (true);
			grant select on app.question_answers to authenticated`
	}
];
