import type { CatalogueList } from '$lib/domain/catalogue';
import { m } from '$lib/i18n/paraglide/messages';

/** What the office calls each list. */
export const LIST_NAMES: Record<CatalogueList, () => string> = {
	topic: m.catalogue_topic,
	service: m.catalogue_service,
	training_topic: m.catalogue_training_topic,
	campaign: m.catalogue_campaign,
	place: m.catalogue_place,
	barrier: m.catalogue_barrier,
	counted_group: m.catalogue_counted_group,
	outcome: m.catalogue_outcome,
	result: m.catalogue_result
};
