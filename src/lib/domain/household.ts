import type { Common } from './record';

/** Yes, no, or not asked yet: an unasked question is never counted as a no. */
type Fact = boolean | null;

/** A household as its group knows it: a house number or a nickname, and what it can do digitally. */
export type HouseholdFields = {
	label: string;
	adults: number | null;
	smartphone: Fact;
	internet: Fact;
	digital_address: Fact;
	online_services: Fact;
	digital_payment: Fact;
	priority: boolean;
	note: string;
};

export type Household = Common & { kind: 'household' } & HouseholdFields;

export const blankHousehold: HouseholdFields = {
	label: '',
	adults: null,
	smartphone: null,
	internet: null,
	digital_address: null,
	online_services: null,
	digital_payment: null,
	priority: false,
	note: ''
};
