/** The least a database must offer to be seeded: PGlite and postgres.js both fit behind it. */
export type SeedDatabase = {
	exec(sql: string): Promise<unknown>;
	query<T>(sql: string, params?: unknown[]): Promise<T[]>;
};

/** A row by column name; every row of one call has the same columns. */
export type SeedRow = Record<string, unknown>;

/** Keeps the text of one statement at a few megabytes, which the embedded database holds in memory. */
const ROWS_AT_ONCE = 4000;

/**
 * Inserts rows and leaves those alone that are there already: a city may have edited what the seed
 * once brought. The types of the columns are the table's own, so arrays, days and jsonb fit as JSON.
 */
export async function insertRows(
	db: SeedDatabase,
	table: `app.${string}`,
	rows: SeedRow[]
): Promise<void> {
	const columns = Object.keys(rows[0] ?? {}).join(', ');
	for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
		// Text first: a driver would encode an object given for a jsonb parameter once more.
		await db.query(
			`insert into ${table} (${columns})
			select ${columns} from jsonb_populate_recordset(null::${table}, $1::text::jsonb)
			on conflict do nothing`,
			[JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE))]
		);
	}
}
