/** A number as a cell of a plan holds it, or why it is none. */
export type Figure = number | null | 'ambiguous' | 'negative' | 'no_number';

/**
 * Reads 45,7 and 45.7 and 45,7 % as 45.7, and 1.234.567 or 1 234 as they are meant. "1.234" in a cell of
 * text may mean 1.234 or 1234: a person must say which. Null where the cell is empty.
 */
export function figureOf(text: string, kept_as: 'text' | 'number' | 'day'): Figure {
	const bare = text.trim().replace(/\s*%$/, '');
	if (bare === '') return null;
	if (/^[-−–]/.test(bare)) return 'negative';
	if (kept_as === 'number') return /^\d+(\.\d+)?$/.test(bare) ? Number(bare) : 'no_number';
	if (/^\d{1,3}[.,]\d{3}$/.test(bare)) return 'ambiguous';
	if (/^\d{1,3}( \d{3})+$/.test(bare)) return Number(bare.replaceAll(' ', ''));
	if (/^\d{1,3}(\.\d{3}){2,}$/.test(bare)) return Number(bare.replaceAll('.', ''));
	if (/^\d{1,3}(,\d{3}){2,}$/.test(bare)) return Number(bare.replaceAll(',', ''));
	if (/^\d{1,12}([.,]\d{1,6})?$/.test(bare)) return Number(bare.replace(',', '.'));
	return 'no_number';
}
