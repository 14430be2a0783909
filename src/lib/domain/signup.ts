import type { Day } from './day';
import type { Common } from './record';

/** An account on a digital service that someone was helped to open, to activate, or tried to. */
export type SignupFields = {
	household_id: string | null;
	visit_id: string | null;
	day: Day;
	service: string;
	result: string;
	people: number;
};

export type Signup = Common & { kind: 'signup' } & SignupFields;

export const blankSignup: SignupFields = {
	household_id: null,
	visit_id: null,
	day: '',
	service: '',
	result: '',
	people: 1
};
