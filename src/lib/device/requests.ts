import type { Day } from '../domain/day';
import { stateOf, type HelpRequest } from '../domain/request';
import type { Visit } from '../domain/visit';
import type { Memory } from './memory';

/** A request is shown so many days after it ended. */
const SHOWN_DAYS = 30;

/** The requests that nobody has ended yet, the eldest first. */
export function openRequests(memory: Memory): HelpRequest[] {
	return memory
		.requests()
		.filter(({ ended_as }) => !ended_as)
		.sort(eldestFirst);
}

/** The open requests of these households: of one and of what was merged into it, say. */
export function openRequestsOf(memory: Memory, household_ids: string[]): HelpRequest[] {
	return openRequests(memory).filter(({ household_id }) =>
		household_ids.includes(household_id ?? '')
	);
}

/** Those that were done or closed lately, the newest first. */
export function endedRequests(memory: Memory, today: Day): HelpRequest[] {
	const since = new Date(Date.parse(today) - SHOWN_DAYS * 86_400_000).toISOString().slice(0, 10);
	return memory
		.requests()
		.filter(({ ended_as, ended_on }) => ended_as && (ended_on ?? '') >= since)
		.sort((a, b) => ((a.ended_on ?? '') < (b.ended_on ?? '') ? 1 : -1));
}

/** The last visit to the household of a request since it was asked; by it the request is done. */
export function answeringVisit(memory: Memory, request: HelpRequest): Visit | undefined {
	if (!request.household_id) return undefined;
	return memory
		.visitsOf(memory.homeOf(request.household_id))
		.find(({ day, outcome }) => day >= request.asked_on && outcome === 'helped');
}

/** Since when the people of a household wait for help, by the household's id. */
export function waitingHouseholds(memory: Memory): Map<string, Day> {
	const since = new Map<string, Day>();
	for (const request of openRequests(memory)) {
		if (!request.household_id || answeringVisit(memory, request)) continue;
		const home = memory.homeOf(request.household_id);
		if (!since.has(home)) since.set(home, request.asked_on);
	}
	return since;
}

/** Who is to go where no household is known yet: mine first, then those that nobody has taken. */
export function unplacedRequests(memory: Memory): HelpRequest[] {
	const rank = (request: HelpRequest) =>
		stateOf(request) === 'open' ? 1 : request.taken_by === memory.person_id ? 0 : 2;
	return openRequests(memory)
		.filter(({ household_id }) => !household_id || !memory.household(memory.homeOf(household_id)))
		.sort((a, b) => rank(a) - rank(b) || eldestFirst(a, b));
}

function eldestFirst(a: HelpRequest, b: HelpRequest): number {
	return a.asked_on.localeCompare(b.asked_on) || a.recorded_at.localeCompare(b.recorded_at);
}
