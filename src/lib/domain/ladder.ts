import type { Day } from './day';
import { FACTS, type Fact, type Household } from './household';
import type { Signup } from './signup';

/** What proves a rung: a question answered with yes, or a sign-up to a service that succeeded. */
export type Proof = { kind: 'answer'; code: Fact } | { kind: 'signup'; code: string };

export type Rung = 1 | 2 | 3 | 4 | 5;

/**
 * The ladder of digital readiness. A rung is proven by any of its ways, a way by all of its proofs
 * together; what proves a rung proves those that it cannot be reached without (`needed_for`). The
 * database holds the same rows (app.rungs, app.rung_proofs).
 */
export const LADDER: {
	rung: Rung;
	name: string;
	needed_for: Rung[];
	ways: Proof[][];
	/** The topic of a visit that helps a household up to it. */
	topic: string | null;
}[] = [
	{
		rung: 1,
		name: 'connected',
		needed_for: [3, 4, 5],
		ways: [[answer('smartphone'), answer('internet')]],
		topic: 'cai_dat'
	},
	{
		rung: 2,
		name: 'identified',
		needed_for: [3, 5],
		ways: [[answer('electronic_id')], [signup('vneid')]],
		topic: 'vneid'
	},
	{
		rung: 3,
		name: 'online_services',
		needed_for: [5],
		ways: [[answer('online_services')], [signup('dvc')]],
		topic: 'dvc'
	},
	{
		rung: 4,
		name: 'cashless',
		needed_for: [5],
		ways: [[answer('digital_payment')], [signup('tt_kdtm')]],
		topic: 'thanh_toan'
	},
	{
		rung: 5,
		name: 'helps_others',
		needed_for: [],
		ways: [[answer('helps_others')]],
		topic: null
	}
];

/** The results of a sign-up that prove something: there is an account. */
export const PROVING_RESULTS = ['created', 'activated', 'already_had'];

/** The city's goal for every household: public services online and cashless payment together. */
export const GOAL: Rung = 4;

/** Why a rung counts as proven, and from which day on; `of` is the rung that the proofs are of. */
export type Evidence = { of: Rung; proofs: Proof[]; day: Day };

/** Where a household stands: the highest rung below which none is missing; 0 is unknown. */
export type Standing = { rung: 0 | Rung; proven: Partial<Record<Rung, Evidence>> };

type Said = Pick<Household, 'id' | 'said_on' | Fact>;

/**
 * Where a household stands, by its answers and sign-ups and by those of what was merged into it. Of two
 * answers the later one stands. A "no" takes back the sign-ups of its rung from before that day.
 */
export function standingOf(home: Said, merged: Said[], signups: Signup[]): Standing {
	const answers = answersOf(home, merged);
	const made = signups.filter((one) => !one.discarded && PROVING_RESULTS.includes(one.result));
	const own = LADDER.map(({ rung, ways }) => earliest(waysMet(rung, ways, answers, made)));
	const proven: Standing['proven'] = {};
	LADDER.forEach(({ rung, needed_for }, at) => {
		const higher = needed_for.map((other) => own[other - 1]);
		const evidence = earliest([own[at], ...higher]);
		if (evidence) proven[rung] = evidence;
	});
	const missing = LADDER.find(({ rung }) => !proven[rung]);
	return { rung: ((missing?.rung ?? LADDER.length + 1) - 1) as Standing['rung'], proven };
}

export type Answers = Partial<Record<Fact, { yes: boolean; day: Day }>>;

/** What was answered, each question as it was answered last. */
export function answersOf(home: Said, merged: Said[]): Answers {
	const answers: Answers = {};
	const others = [...merged].sort((a, b) => (a.id < b.id ? -1 : 1));
	for (const said of [home, ...others])
		for (const fact of FACTS) {
			// A record that an earlier version kept knows neither all questions nor days.
			const [yes, day] = [said[fact] ?? null, said.said_on?.[fact]];
			if (yes === null || !day) continue;
			if (!answers[fact] || day > answers[fact].day) answers[fact] = { yes, day };
		}
	return answers;
}

/** The ways in which a rung is proven by itself. */
function waysMet(rung: Rung, ways: Proof[][], answers: Answers, made: Signup[]): Evidence[] {
	const noes = ways
		.flat()
		.map((proof) => (proof.kind === 'answer' ? answers[proof.code] : undefined))
		.filter((one) => one?.yes === false);
	const since = noes.map((one) => one?.day ?? '').reduce(later, '');
	return ways.flatMap((proofs) => {
		const days = proofs.map((proof) => {
			if (proof.kind === 'answer') return answers[proof.code]?.yes && answers[proof.code]?.day;
			const signups = made.filter(({ service, day }) => service === proof.code && day >= since);
			return signups.map(({ day }) => day).sort()[0];
		});
		return days.every((day) => !!day)
			? [{ of: rung, proofs, day: (days as Day[]).reduce(later, '') }]
			: [];
	});
}

/** The first of several; of equals the one that stands first. */
function earliest(found: (Evidence | undefined)[]): Evidence | undefined {
	return found.reduce(
		(first, one) => (one && (!first || one.day < first.day) ? one : first),
		undefined
	);
}

function later(a: Day, b: Day): Day {
	return a > b ? a : b;
}

function answer(code: Fact): Proof {
	return { kind: 'answer', code };
}

function signup(code: string): Proof {
	return { kind: 'signup', code };
}

/** What would bring a household one rung up: a question nobody has asked, or else help. */
export type NextStep = { rung: Rung; ask: Fact | null };

/** The next best step for a household; null on the highest rung. */
export function nextStep({ proven }: Standing, answers: Answers): NextStep | null {
	const next = LADDER.find(({ rung }) => !proven[rung]);
	if (!next) return null;
	const open = next.ways
		.flat()
		.find((proof) => proof.kind === 'answer' && answers[proof.code] === undefined);
	return { rung: next.rung, ask: open?.kind === 'answer' ? open.code : null };
}
