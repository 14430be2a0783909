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
	if (error instanceof DatabaseError)
		return new Problem(
			statusOf(error.code, signedIn),
			error.code,
			error.message,
			error.details,
			error.hint
		);
	throw error;
}

/** SQLSTATE to HTTP status (PostgREST manual, "HTTP status codes"). `PT4xx` names the status itself. */
export function statusOf(sqlstate: string, signedIn: boolean): number {
	const custom = /^PT([2-5]\d\d)$/.exec(sqlstate)?.[1];
	if (custom) return Number(custom);
	if (sqlstate === '42501') return signedIn ? 403 : 401;
	if (sqlstate === 'P0001') return 400;
	if (/^(42883|42P01)$/.test(sqlstate)) return 404;
	if (/^(23503|23505)$/.test(sqlstate)) return 409;
	if (sqlstate === '25006') return 405;
	if (/^(0L|0P|28)/.test(sqlstate)) return 403;
	if (sqlstate === '57P01' || /^(08|53)/.test(sqlstate)) return sqlstate === '53400' ? 500 : 503;
	if (/^(09|25|2D|38|39|3B|40|54|55|57|58|F0|HV|P0|XX)/.test(sqlstate)) return 500;
	return sqlstate === '42P17' ? 500 : 400;
}
