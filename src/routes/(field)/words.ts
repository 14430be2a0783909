import { phone } from '$lib/device/phone.svelte';
import { entriesOf, type CatalogueList } from '$lib/domain/catalogue';
import type { MyGroup } from '$lib/domain/me';
import type { Signup } from '$lib/domain/signup';
import type { Training } from '$lib/domain/training';
import type { Visit } from '$lib/domain/visit';
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Choice } from '$lib/ui/Choices.svelte';

/** The city's word for a code; the code itself when this phone does not know it. */
export function word(list: CatalogueList, code: string): string {
	const entry = phone.catalogue?.entries.find((one) => one.list === list && one.code === code);
	return entry ? entry[getLocale()] : code;
}

/** The entries of a list as choices, those in `first` before the others. */
export function choices(list: CatalogueList, first: string[] = []): Choice[] {
	const entries = entriesOf(phone.catalogue, list);
	const known = entries.map((entry) => ({ value: entry.code, label: entry[getLocale()] }));
	const lead = known.filter((choice) => first.includes(choice.value));
	return [
		...lead.map((choice) => ({ ...choice, detail: m.visit_last_time() })),
		...known.filter((choice) => !first.includes(choice.value))
	];
}

/** What a visit was about, in a few words: its topics (`most` of them), or else how it ended. */
export function aboutVisit(visit: Visit, most = 2): string {
	const topics = visit.topics.map((code) => word('topic', code));
	if (topics.length === 0) return word('outcome', visit.outcome);
	if (topics.length <= most) return topics.join(', ');
	return `${topics.slice(0, most).join(', ')} +${topics.length - most}`;
}

/** 'Tổ 3 · P. Hải Châu': short enough for a title on a narrow phone. */
export function groupTitle(group: MyGroup): string {
	const ward = group.ward_name.replace(/^Phường /i, 'P. ').replace(/^Xã /i, 'X. ');
	return `${group.name} · ${ward}`;
}

/** What any dated record was about. */
export function aboutEntry(record: Visit | Signup | Training): string {
	switch (record.kind) {
		case 'visit':
			return aboutVisit(record);
		case 'signup':
			return `${m.visit_signup()}: ${word('service', record.service)}`;
		case 'training':
			return `${m.visit_training()}: ${record.topics.map((code) => word('topic', code)).join(', ')}`;
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
