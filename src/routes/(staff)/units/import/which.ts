import { isDay } from '$lib/domain/day';
import type { Edition } from '$lib/domain/unit';
import { headingKey } from '$lib/files/mapping';

/** `none`: groups and figures alone; `new`: a list that the city does not have; else an edition's id. */
export type Which = 'none' | 'new' | (string & {});

export type NewEdition = { name: string; from: string; to: string; source: string };

/** Whether all is said of the edition; without it a file is not checked. */
export function isSaid(which: Which, { name, from, to, source }: NewEdition): boolean {
	if (which !== 'new') return true;
	return Boolean(headingKey(name) && isDay(from) && (to === '' || isDay(to)) && source.trim());
}

/** The edition that a person means. */
export function editionOf(which: Which, fresh: NewEdition, editions: Edition[]): Edition | null {
	if (which !== 'new') return editions.find(({ edition }) => edition === which) ?? null;
	return {
		edition: headingKey(fresh.name).replaceAll(' ', '-').slice(0, 60),
		name: fresh.name.trim(),
		in_force_from: fresh.from,
		in_force_to: fresh.to || null,
		source: fresh.source.trim()
	};
}
