/** Who a call is made as: a database role and the claims of the verified token. */
export type Identity = { role: 'anon' | 'authenticated' | 'app_server'; claims: object };

/** A statement that answers one row with one text column named `body`. `patience_ms`: how long it may take. */
export type Statement = { text: string; params: (string | null)[]; patience_ms?: number };

/**
 * The data behind the gateway. `run` opens one transaction, takes on the identity for just that
 * transaction, runs the statement and answers its text. Database errors are thrown as DatabaseError.
 */
export interface Database {
	run(identity: Identity, statement: Statement): Promise<string | null>;
	/** Rows of a query made by ourselves, outside any person's identity. */
	inspect<T>(text: string): Promise<T[]>;
	close(): Promise<void>;
}

/** The parts of a PostgreSQL error that the gateway answers with. */
export class DatabaseError extends Error {
	override name = 'DatabaseError';
	constructor(
		readonly code: string,
		message: string,
		readonly details: string | null,
		readonly hint: string | null
	) {
		super(message);
	}

	/** From whatever a driver threw; errors without an SQLSTATE are connection trouble (08000). */
	static from(error: unknown): DatabaseError {
		const e = error as { code?: unknown; message?: string; detail?: string; hint?: string };
		const sqlstate = typeof e?.code === 'string' && /^[0-9A-Z]{5}$/.test(e.code);
		return new DatabaseError(
			sqlstate ? (e.code as string) : '08000',
			sqlstate ? (e.message ?? '') : 'the database does not answer',
			sqlstate ? (e.detail ?? null) : null,
			sqlstate ? (e.hint ?? null) : null
		);
	}
}

/**
 * Takes on an identity until the end of the transaction. Everything is set locally, so a pooled
 * connection carries nothing over to the next person.
 */
export function assume(identity: Identity, patience_ms = 8000): Statement {
	return {
		text: `select set_config('role', $1, true), set_config('request.jwt.claims', $2, true),
			set_config('search_path', 'api', true), set_config('statement_timeout', $3, true),
			set_config('lock_timeout', '2000', true)`,
		params: [identity.role, JSON.stringify(identity.claims), String(patience_ms)]
	};
}
