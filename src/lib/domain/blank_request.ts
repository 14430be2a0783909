import type { Ask, RequestFields } from './request';

// Apart from the words of a request: every phone loads this with its first screen, and those later.

export const blankAsk: Ask = {
	label: '',
	topic: '',
	wish_time: '',
	wish_weekdays: [],
	consent: ''
};

export const blankRequest: RequestFields = {
	...blankAsk,
	asked_on: '',
	source: '',
	household_id: null,
	taken_by: null,
	visit_id: null,
	ended_as: '',
	ended_on: null
};
