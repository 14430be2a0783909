import { phone } from '$lib/device/phone.svelte';
import { entriesOf, type CatalogueList } from '$lib/domain/catalogue';
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Choice } from '$lib/ui/Choices.svelte';

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
