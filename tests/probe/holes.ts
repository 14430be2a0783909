import { ACCESS_HOLES } from './holes_of_access';
import { FUNCTION_HOLES } from './holes_of_functions';

/** A mistake in the schema, one that somebody could make. */
export type Hole = {
	name: string;
	/** Statements of the database's owner. */
	sql?: string;
	/** Functions whose text is changed, each in one place. */
	edits?: { fn: string; from: string; to: string }[];
	/** How it is taken back where it reaches beyond the database: roles belong to the whole server. */
	undo?: string;
};

export const HOLES: Hole[] = [...ACCESS_HOLES, ...FUNCTION_HOLES];
