import { phone } from '$lib/device/phone.svelte';
import { isDay } from '$lib/domain/day';
import { formatDay } from '$lib/i18n/formats';
import { m } from '$lib/i18n/paraglide/messages';
import type { CatalogueList } from '$lib/domain/catalogue';
import { endText, sourceText, weekdayText, wishTimeText } from '../../../help-requests/words';
import { word } from '../../words';
import { FACTS, type Fact } from '$lib/domain/household';
import { factLabels } from '../fact-words';

const NAMES: Record<string, () => string> = {
	label: m.household_label,
	adults: m.household_adults,
	priority: m.household_priority,
	merged_into: m.merge_title,
	assigned_to: m.assign_title,
	taken_by: m.take_title,
	contact: m.contact_title,
	day: m.visit_day,
	place: m.visit_place,
	topics: m.visit_topics,
	outcome: m.visit_outcome,
	people_helped: m.visit_people,
	people_by_group: m.visit_by_group,
	barriers: m.visit_barriers,
	campaign: m.visit_campaign,
	follow_up_on: m.visit_follow_up,
	note: m.visit_note,
	service: m.visit_signup_service,
	result: m.visit_signup_result,
	people: m.visit_people,
	headcount: m.training_headcount,
	household_ids: m.training_households,
	member_ids: m.training_members,
	session_id: m.training_code_title,
	topic: m.request_topic,
	wish_time: m.request_wish,
	wish_weekdays: m.request_wish,
	asked_on: m.request_asked,
	source: m.request_source,
	ended_as: m.request_ended,
	ended_on: m.request_ended_day
};

const LISTS: Record<string, CatalogueList> = {
	place: 'place',
	topics: 'topic',
	outcome: 'outcome',
	barriers: 'barrier',
	campaign: 'campaign',
	service: 'service',
	result: 'result',
	topic: 'topic'
};

const OF_REQUESTS: Record<string, (code: string) => string> = {
	source: sourceText,
	wish_time: wishTimeText,
	wish_weekdays: weekdayText,
	ended_as: (ended_as) => endText({ ended_as, taken_by: null })
};

const DAYS = ['day', 'follow_up_on', 'asked_on', 'ended_on'];
const HOUSEHOLDS = ['household_ids', 'merged_into'];
const PEOPLE = ['member_ids', 'assigned_to', 'taken_by'];

/** The name of a field as its form calls it, without the question mark. */
export function fieldName(field: string): string {
	const known = Object.hasOwn(NAMES, field) ? NAMES[field] : undefined;
	const name = isFact(field) ? factLabels[field] : (known ?? m.field_other);
	return name().replace(/\s*[?(].*$/, '');
}

/** A value in words: a code as the city calls it (`inWords`, where the phone is not asked), yes or no, a day as it is written here. */
export function valueText(field: string, value: unknown, inWords = word): string {
	if (value === null || value === undefined || value === '') return m.history_nothing();
	if (typeof value === 'boolean') return value ? m.common_yes() : m.common_no();
	if (Array.isArray(value))
		return value.map((one) => valueText(field, one, inWords)).join(', ') || m.history_nothing();
	if (typeof value === 'object')
		return Object.entries(value)
			.map(([code, count]) => `${inWords('counted_group', code)} ${count}`)
			.join(', ');
	if (HOUSEHOLDS.includes(field))
		return phone.card(String(value))?.household.label ?? m.field_other();
	if (PEOPLE.includes(field))
		return phone.me?.teammates?.find((one) => one.person_id === value)?.name ?? m.field_other();
	const ofRequests = Object.hasOwn(OF_REQUESTS, field) ? OF_REQUESTS[field] : undefined;
	if (ofRequests) return ofRequests(String(value));
	const list = Object.hasOwn(LISTS, field) ? LISTS[field] : undefined;
	if (list) return inWords(list, String(value));
	return DAYS.includes(field) && isDay(String(value)) ? formatDay(String(value)) : String(value);
}

function isFact(field: string): field is Fact {
	return (FACTS as readonly string[]).includes(field);
}
