import {
	guessMapping,
	missingFields,
	rememberedOf,
	sheetOf,
	type Field,
	type Mapped,
	type Mapping,
	type Remembered,
	type Sheet
} from '$lib/files/mapping';
import { readTable, type TableProblem } from '$lib/files/table';

/** A file that a person has chosen, and what its columns are taken for. */
export class ChosenFile<Name extends string> {
	readonly fields: readonly Field<Name>[];
	#name = $state<string>();
	#sheet = $state.raw<Sheet | null>(null);
	#problem = $state.raw<TableProblem | null>(null);
	mapping = $state.raw<Mapping<Name>>({});

	constructor(fields: readonly Field<Name>[]) {
		this.fields = fields;
	}

	get name() {
		return this.#name;
	}

	get sheet() {
		return this.#sheet;
	}

	/** Why the file cannot be read at all. */
	get problem() {
		return this.#problem;
	}

	/** The required fields that no column tells yet. */
	get missing(): Name[] {
		return this.#sheet ? missingFields(this.fields, this.mapping) : [];
	}

	get mapped(): Mapped<Name> | null {
		return this.#sheet && { sheet: this.#sheet, mapping: this.mapping };
	}

	/** What is mapped once no required field is missing. */
	get complete(): Mapped<Name> | null {
		return this.missing.length === 0 ? this.mapped : null;
	}

	/** What its headings mean, for the next time. */
	get columns(): Remembered {
		return this.#sheet ? rememberedOf(this.#sheet.heading, this.mapping) : {};
	}

	/** Reads a file, and guesses its columns from what headings meant the last time. */
	async take(name: string, bytes: Uint8Array, remembered: Remembered = {}) {
		const answer = await readTable(name, bytes);
		this.#name = name;
		this.#problem = 'problem' in answer ? answer.problem : null;
		this.#sheet = 'table' in answer ? sheetOf(answer.table, this.fields, remembered) : null;
		this.mapping = this.#sheet ? guessMapping(this.#sheet.heading, this.fields, remembered) : {};
	}
}
