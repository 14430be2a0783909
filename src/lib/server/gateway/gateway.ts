import type { Logger } from 'pino';
import type { Database } from '../database/database';
import { accepts, callOf, readFunctions, type ApiFunction } from '../database/functions';
import type { TokenKeys } from '../token/keys';
import { identify } from '../token/verify';
import { readBody } from './body';
import { Problem, problemOf } from './problem';

/** The part of PostgREST that `rpc()` of supabase-js needs, over any Database. */
export type Gateway = {
	/** Answers POST /rest/v1/rpc/<name>; never throws for what a caller can do wrong. */
	answer(name: string, request: Request): Promise<Response>;
	database: Database;
};

/** Opens a gateway; the functions are read once, so a migration needs a restart. */
export async function openGateway(
	database: Database,
	keys: TokenKeys,
	log: Logger
): Promise<Gateway> {
	const functions = await readFunctions(database);
	return {
		database,
		async answer(name, request) {
			const began = performance.now();
			let role = 'anon';
			let outcome: { status: number; code?: string } = { status: 200 };
			try {
				const identity = await identify(keys, request.headers.get('authorization'));
				role = identity.role;
				checkProfile(request);
				const body = await readBody(request);
				const result = await database.run(identity, callOf(find(functions, name, body), body));
				return json(200, result ?? 'null');
			} catch (error) {
				const problem = problemOf(error, role !== 'anon');
				outcome = problem;
				return json(problem.status, JSON.stringify(problem.body));
			} finally {
				// Only names that exist are written: an unknown one is the caller's own text.
				const fn = functions.has(name) ? name : '?';
				const ms = Math.round(performance.now() - began);
				log.info({ fn, role, status: outcome.status, code: outcome.code, ms }, 'rpc');
			}
		}
	};
}

function find(functions: Map<string, ApiFunction>, name: string, body: object): ApiFunction {
	const fn = functions.get(name);
	const names = Object.keys(body);
	if (fn && accepts(fn, names)) return fn;
	throw new Problem(
		404,
		'PGRST202',
		`Could not find the function api.${name}(${names.join(', ')}) in the schema cache`,
		null,
		fn ? `It takes: ${fn.args.map((arg) => arg.name).join(', ')}` : null
	);
}

function checkProfile(request: Request) {
	const profile = request.headers.get('content-profile') ?? 'api';
	if (profile !== 'api')
		throw new Problem(406, 'PGRST106', 'The schema must be one of the following: api');
}

function json(status: number, text: string): Response {
	return new Response(text, {
		status,
		headers: {
			'content-type': 'application/json; charset=utf-8',
			'cache-control': 'no-store',
			...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
			...(status === 503 ? { 'retry-after': '5' } : {})
		}
	});
}
