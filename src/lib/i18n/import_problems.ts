import type { CellProblem, FileProblem } from '../domain/problems';
import { m } from './paraglide/messages';

type Said = { value?: string; details?: Record<string, string | number> };
type Say = (said: Said) => string;

const FONTS: Record<string, () => string> = {
	tcvn3: m.import_font_tcvn3,
	vni: m.import_font_vni,
	latin: m.import_font_latin
};

/** A sentence for everything that can be wrong with a file or a cell, and how to mend it. */
export const fileProblemWords: Record<FileProblem | CellProblem, Say> = {
	file_too_large: ({ details }) => m.import_file_too_large({ limit: details?.limit ?? '' }),
	file_too_many_rows: ({ details }) => m.import_file_too_many_rows({ limit: details?.limit ?? '' }),
	file_too_many_columns: ({ details }) =>
		m.import_file_too_many_columns({ limit: details?.limit ?? '' }),
	file_cell_too_long: ({ details }) => m.import_file_cell_too_long({ limit: details?.limit ?? '' }),
	file_empty: m.import_file_empty,
	file_unknown_kind: m.import_file_unknown_kind,
	file_old_excel: m.import_file_old_excel,
	file_broken: m.import_file_broken,
	file_utf16: m.import_file_utf16,
	file_tcvn3: () => m.import_file_old_encoding({ encoding: 'TCVN3 (ABC)' }),
	file_vni: () => m.import_file_old_encoding({ encoding: 'VNI-Windows' }),
	file_cp1258: () => m.import_file_old_encoding({ encoding: 'Windows-1258' }),
	file_not_utf8: m.import_file_not_utf8,
	column_missing: ({ details }) => m.import_column_missing({ name: details?.name ?? '' }),
	cell_missing: m.import_cell_missing,
	cell_too_long: ({ details }) => m.import_cell_too_long({ limit: details?.limit ?? '' }),
	cell_old_font: ({ value, details }) =>
		m.import_cell_old_font({ value: value ?? '', font: FONTS[details?.font ?? '']?.() ?? '' }),
	cell_eth: m.import_cell_eth,
	cell_decomposed: m.import_cell_decomposed,
	cell_formula_error: ({ value }) => m.import_cell_formula_error({ value: value ?? '' }),
	cell_id_number: m.import_cell_id_number,
	cell_not_a_count: ({ value }) => m.import_cell_not_a_count({ value: value ?? '' }),
	cell_negative: ({ value }) => m.import_cell_negative({ value: value ?? '' }),
	cell_not_a_day: ({ value }) => m.import_cell_not_a_day({ value: value ?? '' })
};
