import type { Page } from '@playwright/test';

/** A screen in one state, and how a person gets there. */
export type Screen = {
	name: string;
	/** The member of the demo's cast who sees it; null: nobody is signed in. */
	as:
		| 'member'
		| 'leader'
		| 'ward_officer'
		| 'area_coordinator'
		| 'city_office'
		| 'administrator'
		| null;
	/** Brings a page to it; resolves when all of it stands. */
	show: (page: Page, url: string) => Promise<void>;
};
