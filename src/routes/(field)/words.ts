import { phone } from '$lib/device/phone.svelte';
import type { CatalogueList } from '$lib/domain/catalogue';
import type { MyGroup } from '$lib/domain/me';
import type { Visit } from '$lib/domain/visit';
import { getLocale } from '$lib/i18n/paraglide/runtime';

/** The city's word for a code; the code itself when this phone does not know it. */
export function word(list: CatalogueList, code: string): string {
	const entry = phone.catalogue?.entries.find((one) => one.list === list && one.code === code);
	return entry ? entry[getLocale()] : code;
}

/** What a visit was about, in a few words: its topics (`most` of them), or else how it ended. */
export function aboutVisit(visit: Visit, most = 2): string {
	const topics = finest('topic', visit.topics).map((code) => word('topic', code));
	if (topics.length === 0) return word('outcome', visit.outcome);
	if (topics.length <= most) return topics.join(', ');
	return `${topics.slice(0, most).join(', ')} +${topics.length - most}`;
}

/** Without those that another one of them is a part of: "school fees" says that it was a payment. */
export function finest(list: CatalogueList, codes: string[]): string[] {
	const entries = phone.catalogue?.entries ?? [];
	const parents = entries
		.filter((entry) => entry.list === list && codes.includes(entry.code))
		.map((entry) => entry.parent);
	return codes.filter((code) => !parents.includes(code));
}

/** 'Tổ 3 · P. Hải Châu': short enough for a title on a narrow phone. */
export function groupTitle(group: MyGroup): string {
	const ward = group.ward_name.replace(/^Phường /i, 'P. ').replace(/^Xã /i, 'X. ');
	return `${group.name} · ${ward}`;
}
