import * as v from 'valibot';
import { PROBLEM_CODES, type Problem, type ProblemCode } from '../problems';

/**
 * The problems that a schema finds in the fields, each code once per field. Never throws.
 * A check in a schema carries its code as its message; a wrong type is `missing` or `bad_value`.
 */
export function problemsOf(schema: v.GenericSchema, fields: unknown): Problem[] {
	const found = new Map<string, Problem>();
	for (const issue of v.safeParse(schema, fields).issues ?? []) {
		const problem = { code: codeOf(issue), field: String(issue.path?.[0]?.key ?? '') };
		found.set(`${problem.field} ${problem.code}`, problem);
	}
	return [...found.values()];
}

function codeOf(issue: v.BaseIssue<unknown>): ProblemCode {
	if (issue.kind !== 'validation') return issue.input == null ? 'missing' : 'bad_value';
	return PROBLEM_CODES.find((code) => code === issue.message) ?? 'bad_value';
}
