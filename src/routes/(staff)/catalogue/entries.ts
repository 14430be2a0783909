import {
	entriesOf,
	type Catalogue,
	type CatalogueEntry,
	type CatalogueList
} from '$lib/domain/catalogue';
import { fold } from '$lib/domain/text';

/** The entries of a list in the order of a form: each one, then its parts. */
export function inFormOrder(catalogue: Catalogue, list: CatalogueList): CatalogueEntry[] {
	const entries = entriesOf(catalogue, list);
	return entries
		.filter((entry) => entry.parent === null)
		.flatMap((entry) => [entry, ...entries.filter((part) => part.parent === entry.code)]);
}

/** An entry to be filled in, at the end of its list or of the parts of `parent`. */
export function blankEntry(
	catalogue: Catalogue,
	list: CatalogueList,
	parent: string | null
): CatalogueEntry {
	const beside = entriesOf(catalogue, list).filter((entry) => entry.parent === parent);
	const position = Math.max(0, ...beside.map((entry) => entry.position)) + 1;
	return { list, code: '', parent, vi: '', en: '', position, from_day: null, to_day: null };
}

/**
 * A code for a new entry, made of its Vietnamese name: 'Chợ Cồn' is `cho_con`. Not one that the list
 * has already: that would write over another entry.
 */
export function codeFor(name: string, catalogue: Catalogue, list: CatalogueList): string {
	const words = fold(name).match(/[a-z0-9]+/g) ?? [];
	const plain =
		words
			.join('_')
			.replace(/^[^a-z]+/, '')
			.slice(0, 36) || 'muc';
	const taken = new Set(entriesOf(catalogue, list).map((entry) => entry.code));
	let code = plain;
	for (let n = 2; taken.has(code); n++) code = `${plain}_${n}`;
	return code;
}
