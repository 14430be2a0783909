import { describe, expect, it } from 'vitest';
import { sourceOf, sourcesOf } from '../../src/routes/(staff)/sources';

const typed = (households: number | null, source: string | null, as_of: string | null) => ({
	households,
	households_source: source,
	households_as_of: as_of
});

describe('where the numbers of households come from', () => {
	const rows = [
		typed(100, 'UBND phường An Khê', '2026-09-30'),
		typed(200, 'Công an thành phố', '2026-06-30'),
		typed(300, 'UBND phường An Khê', '2026-09-30'),
		typed(400, 'UBND phường An Khê', '2026-10-31'),
		typed(null, null, null)
	];
	const sources = sourcesOf(rows);

	it('is written once for each source and date, in the order of the rows', () => {
		expect(sources.map(({ number, source, as_of }) => [number, source, as_of])).toEqual([
			[1, 'UBND phường An Khê', '2026-09-30'],
			[2, 'Công an thành phố', '2026-06-30'],
			[3, 'UBND phường An Khê', '2026-10-31']
		]);
	});

	it('is referred to by its number, and not at all where there is no number of households', () => {
		expect(rows.map((row) => sourceOf(row, sources)?.number)).toEqual([1, 2, 1, 3, undefined]);
	});
});
