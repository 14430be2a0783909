import { sum } from './rate';

type Signed = { signups: Record<string, number> };

/** People signed up, over all services. */
export function signedUp({ signups }: Signed): number {
	return sum(Object.values(signups));
}

/**
 * The services that the rows have figures for, in the city's own order; one that the catalogue does
 * not know comes last, because a record keeps codes that its reader does not know.
 */
export function servicesOf(rows: Signed[], catalogued: string[]): string[] {
	const used = new Set(rows.flatMap((row) => Object.keys(row.signups)));
	const unknown = [...used].filter((code) => !catalogued.includes(code)).sort();
	return [...catalogued.filter((code) => used.has(code)), ...unknown];
}
