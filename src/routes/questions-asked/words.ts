import { dayOf } from '$lib/domain/day';
import type { Asked, Choice } from '$lib/domain/question';
import { formatDay, formatNumber, formatTime } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';

const CHOICE_WORDS: Record<Choice, () => string> = {
	figure_old: m.question_choice_figure_old,
	from_outside: m.question_choice_from_outside,
	caught_up: m.question_choice_caught_up,
	together: m.question_choice_together,
	went_twice: m.question_choice_went_twice,
	different_people: m.question_choice_different_people,
	shared: m.question_choice_shared,
	wrote_for_others: m.question_choice_wrote_for_others,
	worked_late: m.question_choice_worked_late,
	clock: m.question_choice_clock,
	campaign: m.question_choice_campaign,
	holiday: m.question_choice_holiday,
	away: m.question_choice_away,
	not_sent: m.question_choice_not_sent,
	mistake: m.question_choice_mistake,
	other: m.question_choice_other
};

export function choiceText(choice: Choice): string {
	return CHOICE_WORDS[choice]();
}

/**
 * The question in one or two sentences, with its figures.
 * @param service the city's word for the code of a service
 */
export function questionText(asked: Asked & { on_day: string }, service: Word): string {
	const on = formatDay(asked.on_day);
	switch (asked.kind) {
		case 'over_households': {
			const { reached, households, source, as_of } = asked.facts;
			return m.question_over_households({
				...{ reached: formatNumber(reached), households: formatNumber(households) },
				...{ source, day: formatDay(as_of) }
			});
		}
		case 'over_adults': {
			const { people, adults, source, as_of } = asked.facts;
			return m.question_over_adults({
				...{ people: formatNumber(people), adults: formatNumber(adults) },
				...{ service: service(asked.facts.service), source, day: formatDay(as_of) }
			});
		}
		case 'same_minute': {
			const { visits, most, minute } = asked.facts;
			const said = { day: on, most, time: formatTime(minute) };
			return visits === most
				? m.question_same_minute(said)
				: m.question_same_minutes({ ...said, visits });
		}
		case 'night': {
			const { visits, from, to } = asked.facts;
			return m.question_night({ day: on, visits, from: formatTime(from), to: formatTime(to) });
		}
		case 'copies':
			return m.question_copies({ day: on, visits: asked.facts.visits });
		case 'shared_phone':
			return m.question_shared_phone(asked.facts);
		case 'jump':
		case 'drop': {
			const { visits, usual, monday } = asked.facts;
			const said = { visits, usual, day: formatDay(monday) };
			return asked.kind === 'jump' ? m.question_jump(said) : m.question_drop(said);
		}
	}
}

export type Word = (code: string) => string;

/** When and by whom it was answered. */
export function answeredText({ answered_by, answered_at }: Signed): string {
	return m.question_by({ name: answered_by, day: formatDay(dayOf(new Date(answered_at))) });
}
type Signed = { answered_by: string; answered_at: string };
