import type { Signup } from '$lib/domain/signup';
import type { Training } from '$lib/domain/training';
import type { Visit } from '$lib/domain/visit';
import { m } from '$lib/i18n/paraglide/messages';
import { aboutVisit, word } from './words';

/** What any dated record was about. */
export function aboutEntry(record: Visit | Signup | Training): string {
	switch (record.kind) {
		case 'visit':
			return aboutVisit(record);
		case 'signup':
			return `${m.visit_signup()}: ${word('service', record.service)}`;
		case 'training':
			return `${m.visit_training()}: ${record.topics.map((code) => word('training_topic', code)).join(', ')}`;
	}
}

/** How many people a record counts. */
export function peopleOf(record: Visit | Signup | Training): number {
	switch (record.kind) {
		case 'visit':
			return record.people_helped;
		case 'signup':
			return record.people;
		case 'training':
			return record.headcount;
	}
}
