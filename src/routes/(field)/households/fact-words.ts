import type { Fact } from '$lib/domain/household';
import { m } from '$lib/i18n/paraglide/messages';

export const factLabels: Record<Fact, () => string> = {
	smartphone: m.household_smartphone,
	internet: m.household_internet,
	digital_address: m.household_digital_address,
	electronic_id: m.household_electronic_id,
	online_services: m.household_online_services,
	digital_payment: m.household_digital_payment,
	helps_others: m.household_helps_others
};
