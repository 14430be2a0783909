import { RESIDENT } from '../../../src/lib/domain/request';
import { dayText } from './calendar';
import type { Pen } from './record';

/** What neighbours call a place that is on no team's list yet. */
const PLACES = [
	'Quán nước đầu ngõ',
	'Tiệm may góc chợ',
	'Phòng trọ dãy sau',
	'Nhà cuối hẻm, cửa sắt'
];
const TOPICS = ['', 'vneid', 'an_toan', 'thanh_toan'];
const MORNING = 8.5 * 60 * 60 * 1000;

/** Somebody asks for help: by the poster, by telephone, in the street. The last ones are open still. */
export function askForHelp(pen: Pen, days: number[]): void {
	const { dice } = pen;
	for (const [n, day] of days.slice(-2).entries()) {
		const source = dice.pick(['poster', 'poster', 'team']);
		pen.write(
			day + MORNING + n * 60_000,
			{
				kind: 'request',
				fields: {
					label: PLACES[(n + dice.between(0, 1) * 2) % PLACES.length] ?? '',
					topic: dice.pick(TOPICS),
					wish_time: dice.pick(['', 'evening', 'morning']),
					wish_weekdays: dice.chance(0.4) ? ['sat', 'sun'] : [],
					asked_on: dayText(day),
					source,
					consent: source === 'team' ? 'spoken_1' : 'form_1',
					household_id: null,
					taken_by: null,
					visit_id: null,
					ended_as: '',
					ended_on: null
				}
			},
			source === 'poster' ? RESIDENT : undefined
		);
	}
}
