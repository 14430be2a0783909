import type { Catalogue } from './catalogue';
import type { Day } from './day';
import { LADDER } from './ladder';
import type { Problem } from './problems';

export const GUIDE_LISTS = ['service', 'rung'] as const;

/** A one-minute card for a service, or for a rung of the ladder (its number as the code). */
export type Guide = {
	list: (typeof GUIDE_LISTS)[number];
	code: string;
	/** In the part of Markdown that `blocksOf` knows; so is `en`. */
	vi: string;
	en: string;
	/** Where what it says comes from. */
	source: string;
	/** When somebody last held it against what the services really ask for. */
	checked_on: Day;
};

/** What came of a guide that the city office wrote. With a problem, nothing was. */
export type SavedGuide = { guide: Guide | null; problems: Problem[] };

/** So many months after it was checked, a card says that it is old. */
const FRESH_MONTHS = 6;

/** Whether a card was not checked for six months. */
export function isOld({ checked_on }: Pick<Guide, 'checked_on'>, today: Day): boolean {
	const [year = 0, month = 1, day = 1] = checked_on.split('-').map(Number);
	return new Date(Date.UTC(year, month - 1 + FRESH_MONTHS, day)).toISOString().slice(0, 10) < today;
}

export function guideOf(
	catalogue: Catalogue | null,
	list: string,
	code: string
): Guide | undefined {
	return catalogue?.guides?.find((guide) => guide.list === list && guide.code === code);
}

/** The cards that go with what a visit is about: of its services, and of the rungs that its topics lead to. */
export function guidesFor(
	catalogue: Catalogue | null,
	about: { services: string[]; topics: string[] }
): Guide[] {
	const services = [...about.services, ...about.topics];
	const rungs = LADDER.filter(({ topic }) => topic !== null && about.topics.includes(topic)).map(
		({ rung }) => String(rung)
	);
	const found = [
		...services.map((code) => guideOf(catalogue, 'service', code)),
		...rungs.map((code) => guideOf(catalogue, 'rung', code))
	];
	return [...new Set(found)].filter((guide) => guide !== undefined);
}
