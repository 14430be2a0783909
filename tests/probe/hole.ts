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

/** A function whose text is changed in one place. */
export const edit = (name: string, fn: string, from: string, to: string): Hole => ({
	name,
	edits: [{ fn, from, to }]
});

/** A policy that asks something else. */
export const policy = (name: string, policy: string, table: string, using: string): Hole => ({
	name,
	sql: `alter policy "${policy}" on app.${table} using (${using})`
});
