import { DatabaseError } from '../database/database';
import { TokenError } from '../token/verify';

/** An answer that is not a result, in PostgREST's form: status and body as its manual lists them. */
export class Problem extends Error {
	override name = 'Problem';
	constructor(
		readonly status: number,
		readonly code: string,
		message: string,
		readonly details: string | null = null,
		readonly hint: string | null = null
	) {
		super(message);
	}

	get body() {
		return { code: this.code, message: this.message, details: this.details, hint: this.hint };
	}
}

/** What went wrong, as PostgREST would say it to somebody signed in or not. */
export function problemOf(error: unknown, signedIn: boolean): Problem {
	if (error instanceof Problem) return error;
	if (error instanceof TokenError)
		return new Problem(401, error.expired ? 'PGRST303' : 'PGRST301', error.message);
	if (error instanceof DatabaseError) {
		// What a driver or a rule of the schema adds may quote rows and inner names.
		const own = /^(PT|P0|42)/.test(error.code);
		return new Problem(
			statusOf(error.code, signedIn),
			error.code,
			error.message,
			own ? error.details : null,
			own ? error.hint : null
		);
	}
	throw error;
}

/** Trouble that passes by itself: two pushes in each other's way, a lock or a query that took too long. */
const PASSING = /^(40001|40P01|55P03|57014|57P01|08...|53...)$/;

/**
 * SQLSTATE to HTTP status (PostgREST manual, "HTTP status codes"). `PT4xx` names the status itself.
 * What passes by itself is 503 here, where PostgREST says 500 to some of it: phones then come back.
 */
export function statusOf(sqlstate: string, signedIn: boolean): number {
	const custom = /^PT([2-5]\d\d)$/.exec(sqlstate)?.[1];
	if (custom) return Number(custom);
	if (sqlstate === '42501') return signedIn ? 403 : 401;
	if (sqlstate === 'P0001') return 400;
	if (/^(42883|42P01)$/.test(sqlstate)) return 404;
	if (/^(23503|23505)$/.test(sqlstate)) return 409;
	if (sqlstate === '25006') return 405;
	if (/^(0L|0P|28)/.test(sqlstate)) return 403;
	if (PASSING.test(sqlstate)) return 503;
	if (/^(09|25|2D|38|39|3B|40|54|55|57|58|F0|HV|P0|XX)/.test(sqlstate)) return 500;
	return sqlstate === '42P17' ? 500 : 400;
}
