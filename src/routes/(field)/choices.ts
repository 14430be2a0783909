import { phone } from '$lib/device/phone.svelte';
import { offered, type CatalogueList } from '$lib/domain/catalogue';
import { today } from '$lib/domain/day';
import { m } from '$lib/i18n/paraglide/messages';
import { getLocale } from '$lib/i18n/paraglide/runtime';
import type { Choice } from '$lib/ui/Choices.svelte';

/** What a list offers today, each choice with its parts; those in `first` before the others. */
export function choices(list: CatalogueList, first: string[] = []): Choice[] {
	const known = choicesBelow(list, null);
	const lead = known.filter((choice) => first.includes(choice.value));
	return [
		...lead.map((choice) => ({ ...choice, detail: m.visit_last_time() })),
		...known.filter((choice) => !first.includes(choice.value))
	];
}

function choicesBelow(list: CatalogueList, parent: string | null): Choice[] {
	return offered(phone.catalogue, list, today(), parent).map((entry) => ({
		value: entry.code,
		label: entry[getLocale()],
		parts: parent === null ? choicesBelow(list, entry.code) : []
	}));
}
